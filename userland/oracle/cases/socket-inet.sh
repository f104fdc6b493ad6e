# Shows: TCP and UDP over the loopback: names, connections, ends, resets, datagrams, both families.
# program: socket-inet
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
