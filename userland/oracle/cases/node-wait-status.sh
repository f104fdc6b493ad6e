# Shows: wait for children on the other node, in order and out of order.
# nodes: 2
onnode 1 sh -c 'exit 3' & a=$!; onnode 0 sh -c 'exit 4' & b=$!; onnode 1 sh -c 'sleep 0.3; exit 5' & c=$!; wait $c; echo $?; wait $b; echo $?; wait $a; echo $?; onnode 1 true & wait; echo $?
