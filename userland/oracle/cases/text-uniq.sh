# Shows: uniq with counts, only repeated, only single, skipped fields, ignored case.
printf 'a\na\nb\nc\nc\nc\n' >/tmp/f; cd /tmp; uniq f; uniq -c f; uniq -d f; uniq -u f; printf 'A\na\n' | uniq -i; printf '1 x\n2 x\n3 y\n' | uniq -f1; printf 'ax\nbx\n' | uniq -s1; printf 'ab1\nab2\n' | uniq -w2; uniq f out; wc -l <out
