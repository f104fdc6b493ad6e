# Shows: a writer waits when a pipe is full and goes on when it is read.
( i=0; while [ $i -lt 40 ]; do head -c 4096 /dev/zero; i=$((i+1)); done; echo done >/tmp/d ) | { sleep 0.3; [ -e /tmp/d ] && echo early; wc -c; }; cat /tmp/d
