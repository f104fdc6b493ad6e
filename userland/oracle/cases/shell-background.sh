# Shows: background jobs, $!, wait with and without a pid, their statuses.
sleep 0.1 & wait; echo $?
(exit 3) & wait $!; echo $?
(exit 1) & a=$!; (exit 2) & b=$!; wait $b; echo $?; wait $a; echo $?
wait 999999; echo $?
{ sleep 0.1; echo late; } & echo early; wait
for i in 1 2 3; do (exit $i) & p="$p $!"; done; for q in $p; do wait $q; echo $?; done
(kill -9 $(exec sh -c 'echo $PPID')) & wait $!; echo $?
