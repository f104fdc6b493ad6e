# Shows: more than 64 KiB at once: streams, messages of every kind, empty messages, on either node.
# nodes: 2
# program: socket-large
cat >/tmp/program
chmod +x /tmp/program
onnode 0 /tmp/program
onnode 1 /tmp/program | md5sum
