# Shows: descriptors and credentials in messages: passed on, cut, lost, in circles.
# program: socket-rights
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
