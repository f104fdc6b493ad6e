# Shows: stop and continue across nodes.
# nodes: 2
onnode 1 sh -c 'i=0; while :; do i=$((i+1)); echo $i >/tmp/c.n; mv /tmp/c.n /tmp/c; done' & p=$!; sleep 1; kill -STOP $p; sleep 0.5; a=$(cat /tmp/c); sleep 0.5; b=$(cat /tmp/c); [ "$a" = "$b" ] && echo stopped; kill -CONT $p; sleep 1; c=$(cat /tmp/c); [ "$b" != "$c" ] && echo continued; kill -KILL $p; wait $p 2>/dev/null; echo $?
