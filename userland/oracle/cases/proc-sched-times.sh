# Shows: user and system time, of threads, processes and children, and timers that count them.
# program: sched-times
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
