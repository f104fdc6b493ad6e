# Shows: threads are made and joined, a thousand of them, and all kinds of locks work.
# program: thread-locks
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
