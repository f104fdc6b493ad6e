# Shows: ar archives: create, list, print, extract.
cd /tmp; echo one >a; echo two >b; ar -rc t.a a b 2>/dev/null || printf '!<arch>\na/              0           0     0     100644  4         `\none\n' >t.a; ar -t t.a; ar -p t.a a; mkdir x; cd x; ar -x ../t.a; cat a
