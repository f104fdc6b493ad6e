# Shows: Unix sockets with names: bind, listen, connect, accept; datagrams with addresses.
# program: socket-names
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
