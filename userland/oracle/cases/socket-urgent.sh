# Shows: urgent data of TCP and of Unix streams: marks, in line or not, poll, SIGURG.
# program: socket-urgent
cat >/tmp/program
chmod +x /tmp/program
echo tcp
/tmp/program tcp
echo unix
/tmp/program unix
