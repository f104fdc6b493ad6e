# Shows: signals to one thread, to whichever takes it, to all; a timer with a thread.
# program: thread-signals
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
