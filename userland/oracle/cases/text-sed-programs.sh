# Shows: one-line sed programs with holds, branches, ranges and in-place edits.
mkdir /tmp/d
cd /tmp/d
echo 'hello world' > f
sed -i 's/world/there/;s/hello/bye/' f
cat f
sed -n 's/\(b\)\(y\)\(e\)/\3\2\1/p' f
printf '1\n2\n3\n4\n5\n' | sed -n '2,4{s/^/>/;p}'
printf 'a\nb\nc\n' | sed '$!{h;d};H;x'
printf 'x\ny\n' | sed '/x/{n;s/y/Y/}'
printf 'k=v\n' | sed 's/\([^=]*\)=\(.*\)/\2=\1/'
seq 10 | sed -n '3~3p'
seq 5 | sed '2,3!d'
seq 5 | sed '/2/,+1d'
printf 'foo bar\n' | sed 's/\bbar\b/BAZ/;s/o*/<&>/2'
printf 'a/b/c\n' | sed 's,/,::,g'
printf 'tabs\there\n' | sed 's/\t/ /'
printf 'one\ntwo\n' | sed '1s/$/\
new/'
printf 'aXbXc\n' | sed 'y/X/-/'
seq 3 | sed = | sed 'N;s/\n/ /'
seq 4 | sed -e ':l' -e '$q' -e 'N' -e '2,$s/\n/,/' -e 'bl'
printf 'longline\n' | sed 's/./&\n/4'
seq 12 | sed '5!s/1/X/g;10q'
