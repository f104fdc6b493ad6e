# Shows: bash's wait -n, wait for several, kill, statuses, timeouts of read.
# image: debian-small
# shell: bash
(sleep 3; exit 5) & (exit 4) & wait -n; echo $?; wait -n; echo $?; wait -n; echo $?; for i in 1 2 3; do (exit $i) & p[i]=$!; done; for i in 3 1 2; do wait ${p[i]}; echo $?; done; sleep 50 & kill -TERM $!; wait $! 2>/dev/null; echo $?; read -t 0.2 x < <(exec sleep 50); echo $(($? > 128)); kill $!; wait $! 2>/dev/null; (trap 'echo t' TERM; kill -TERM $BASHPID; echo u); timeout 0.3 sleep 5; echo $?; jobs | wc -l; trap 'echo chld >/tmp/c' CHLD; true & wait; cat /tmp/c
