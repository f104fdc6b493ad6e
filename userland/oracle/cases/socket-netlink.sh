# Shows: links and addresses by rtnetlink, and what libraries make of it.
# program: socket-netlink
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
