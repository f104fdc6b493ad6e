# Shows: sed's hold space, branches, appends, changes, next, write, labels.
cd /tmp; seq 1 5 | sed -n '1!G;h;$p'; printf 'a\nb\nc\n' | sed ':x;N;$!bx;s/\n/,/g'; seq 1 3 | sed '2i\
before
2a\
after
3c\
changed'; seq 1 6 | sed 'n;d'; seq 1 4 | sed '$!N;s/\n/ /'; seq 1 3 | sed 'w out' >/dev/null; cat out; echo aXbXc | sed ':a;s/X/-/;ta'; seq 1 5 | sed -n '/2/{p;n;p}'; printf '1\n2\n' | sed -e 1x -e '$G'; seq 1 10 | sed -n '$!{h;d};H;x;l'; printf 's/a/b/\n# comment\np\n' >sc; echo a | sed -f sc; seq 1 9 | sed -n '3{p;q}'; seq 3 | sed '2r out'
