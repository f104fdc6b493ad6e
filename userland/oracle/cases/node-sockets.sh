# Shows: sockets between two nodes: descriptors and credentials both ways, interrupted calls, ends that are killed.
# nodes: 2
# program: node-sockets
cat >/tmp/program
chmod +x /tmp/program
echo from node 0
onnode 0 /tmp/program 1
echo from node 1
onnode 1 /tmp/program 0
onnode 1 /tmp/program signals
