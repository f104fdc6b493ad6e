# Shows: sleep takes fractions and sums, and is ended by a signal.
sleep 0.1 0.1; echo $?; sleep x 2>/dev/null; echo $?; sleep 10 & kill -ALRM $!; wait $! 2>/dev/null; echo $?; usleep 1000; echo $?
