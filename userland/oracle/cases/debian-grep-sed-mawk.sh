# Shows: GNU grep and sed and mawk, dynamic.
# image: debian-small
cd /tmp; printf 'alpha\nbeta\ngamma\nAlphabet\n' >f; grep -c a f; grep -oE '[a-z]{2}a' f; grep -P '^(?=.*t)b' f; grep -inw alpha f; grep -rl beta . ; grep -v a f; echo $?; grep --color=always eta f | od -An -c; grep -A1 -B1 gamma f; sed -E 's/(a)(.)/\2\1/g; 2d; $!N; P; D' f; sed -n '/beta/,/gamma/{=;p}' f; sed -i.o '1i first' f; head -n 1 f; sed -z 's/\n/,/g' f; echo; sed 's/.*/\U&/;s/A/\L&/' f | head -n 2; sed --debug -n 1p f | head -n 1; mawk -F, '{print NF}' <<X
a,b,c
X
mawk 'BEGIN{print 2^31, 2^0.5, substr("hello",2,3), toupper("x"), length("abc"), index("abc","c"), int(-3.7); printf "%5.2f %d %s %c\n", 3.14159, 42.9, "s", 65; srand(1); print (rand() < 1); while (("echo sub" | getline l) > 0) print l; system("exit 3")}'; mawk '{n[$1]++} END{for (k in n) print k, n[k]}' f | sort; yes 'some words here' | head -n 20000 | mawk '{for(i=1;i<=NF;i++) c[$i]++} END{print c["some"], c["here"]}'
