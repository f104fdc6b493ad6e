# Shows: children that end in another order than they began.
a() { sleep 0.$1; exit $1; }; a 5 & p5=$!; a 1 & p1=$!; a 3 & p3=$!; wait $p3; echo $?; wait $p5; echo $?; wait $p1; echo $?
