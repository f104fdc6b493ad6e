# Shows: errors and clocks of futex, rows, requeueing, operations, locks with an owner.
# program: thread-futexes
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
