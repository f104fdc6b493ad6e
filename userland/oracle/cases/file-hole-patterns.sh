# Shows: files with several holes: contents, sizes, copies.
cd /tmp; for o in 10000 50000 200000; do printf "at$o" | dd of=f bs=1 seek=$o conv=notrunc 2>/dev/null; done; wc -c <f; tr -d '\0' <f; echo; md5sum <f; cp f g; cmp f g; echo $?; cat f >h; cmp f h; echo $?; od -Ad -c f | grep -v '\\0$' | grep -v '\*'; truncate -s 60000 f; truncate -s 210000 f; tr -d '\0' <f; echo
