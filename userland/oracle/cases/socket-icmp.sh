# Shows: ICMP of both families: ping sockets, raw sockets, filters, how a packet came, busybox ping.
# program: socket-icmp
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
