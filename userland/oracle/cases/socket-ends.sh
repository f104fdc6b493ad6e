# Shows: how connections wait, are refused and end: SIGPIPE, backlogs, resets, timeouts with signals, flags.
# program: socket-ends
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
