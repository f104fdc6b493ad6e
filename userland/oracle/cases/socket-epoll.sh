# Shows: epoll, poll and select of sockets of all kinds: levels, edges, one-shots, ends.
# program: socket-epoll
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
