# Shows: a copied tree is the same tree: names, modes, contents.
cp -a /etc /tmp/e; cd /tmp/e; (find . -type f | sort | xargs md5sum) >/tmp/1; cd /etc; (find . -type f | sort | xargs md5sum) >/tmp/2; cmp /tmp/1 /tmp/2; echo $?; cp -a /tmp/e /tmp/e2; diff -r /tmp/e /tmp/e2; echo $?
