# Shows: multicast over the loopback: members, options, who gets what is sent to a group.
# program: socket-multicast
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
