# Shows: a copied tree is the same tree: names, modes, contents, links.
mkdir -p /tmp/t/a/b /tmp/t/c; cd /tmp/t; for i in 1 2 3 4 5 6 7 8 9; do seq 1 ${i}000 >a/$i; echo $i >a/b/$i; ln -s ../a/$i c/$i; chmod 6$i$((i%8)) a/b/$i 2>/dev/null; done; ln a/1 hard
cp -a /tmp/t /tmp/u; for d in t u; do (cd /tmp/$d; find . | sort | while read f; do stat -c '%n %F %a %N' "$f"; done; find . -type f | sort | xargs md5sum) >/tmp/list.$d; done; cmp /tmp/list.t /tmp/list.u; echo $?; md5sum </tmp/list.t; diff -r /tmp/t /tmp/u; echo $?
