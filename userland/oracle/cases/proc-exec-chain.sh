# Shows: a hundred execs in one process: the pid stays, the count goes down.
cat >/tmp/e <<'X'
[ $1 = 0 ] && { [ $$ = $2 ] && echo same; exit 8; }
exec /bin/busybox sh /tmp/e $(($1-1)) $2
X
sh -c 'exec sh /tmp/e 100 $$'; echo $?
