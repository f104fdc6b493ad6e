# Shows: what ioctl(2) says of network interfaces, by sockets of each family.
# program: socket-interfaces
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
