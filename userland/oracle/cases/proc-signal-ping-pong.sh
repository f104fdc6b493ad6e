# Shows: two processes take turns by signals.
cat >/tmp/pong <<'X'
n=0; trap 'n=$((n+1)); echo pong $n; kill -USR1 $PPID' USR1; trap 'echo pong ends; exit 7' TERM; echo up >/tmp/up; while :; do sleep 0.05; done
X
n=0; trap 'n=$((n+1)); got=1' USR1; sh /tmp/pong & p=$!; while [ ! -e /tmp/up ]; do sleep 0.05; done; for i in 1 2 3 4 5; do got=0; kill -USR1 $p; while [ $got = 0 ]; do sleep 0.05; done; done; kill -TERM $p; while :; do wait $p; s=$?; [ $s = 138 ] || break; done; echo $s $n
