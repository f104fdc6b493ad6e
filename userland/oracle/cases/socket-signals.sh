# Shows: signal-driven I/O: owners of sockets and pipes, SIGIO and what it tells, permission, a full queue.
# program: socket-signals
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
