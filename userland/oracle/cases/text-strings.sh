# Shows: strings finds printable runs, with lengths and offsets.
printf 'ab\0hello\0\001\002world!!\377xyz\0' >/tmp/f; cd /tmp; strings f; strings -n 3 f; strings -n 3 -t x f; strings -f f; strings -n 2 - <f | wc -l
