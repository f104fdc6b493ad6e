# Shows: CPU time and its limit over an exec on another node; timers of a thread's clock.
# nodes: 2
# program: sched-clocks
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
