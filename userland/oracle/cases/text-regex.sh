# Shows: basic and extended regular expressions: anchors, classes, repetition, alternatives, back references.
cd /tmp; cat >w <<'X'
abc
aabbcc
a.c
ABC
a b c
abab
123-456
X
for r in '^a' 'c$' '^a.c$' 'a\.c' '[A-Z]' '[^a-z]' 'a*b' '\(ab\)\1' 'a\{2\}' '[[:digit:]]\+' '^$' '[[:space:]]' 'b\|1'; do printf '%s: ' "$r"; grep -e "$r" w | tr '\n' ' '; echo; done; for r in 'a+b' '^(ab)+$' 'a|1' '[0-9]{3}-' 'x?a' '(a)(b)\2?' '^[^ ]*$' '(^|a)b'; do printf '%s: ' "$r"; grep -E -e "$r" w | tr '\n' ' '; echo; done; echo 'x=1, y=22' | sed -E 's/([a-z])=([0-9]+)/\2=\1/g'; echo aaa | sed 's/a*/x/g'; echo baaac | sed 's/a*/x/g'; echo abc | sed 's/\(b\)*/[\1]/g'
