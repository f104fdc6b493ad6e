# Shows: a connection between processes of two nodes: bytes, a descriptor, a name.
# nodes: 2
# program: socket-nodes
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
