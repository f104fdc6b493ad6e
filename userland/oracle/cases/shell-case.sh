# Shows: case with patterns, alternatives, classes, quoting and fall back.
t() { case $1 in
  a) echo a;;
  b|c) echo bc;;
  [0-9]) echo digit;;
  [!a-z]?) echo two;;
  *.txt) echo text;;
  '*') echo star;;
  "") echo empty;;
  (x*y) echo xy;;
  [[:upper:]]*) echo upper;;
  *) echo other;;
esac; }
for i in a c 5 1z f.txt '*' '' xay Zed zed; do t "$i"; done
case x in y) ;; esac; echo $?
case abc in a*) false;; esac; echo $?
p='a*'; case abc in "$p") echo quoted;; $p) echo pattern;; esac
