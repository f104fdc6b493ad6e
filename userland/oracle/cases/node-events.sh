# Shows: counters, timers and epolls that a process on another node has inherited.
# nodes: 2
# program: node-events
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
