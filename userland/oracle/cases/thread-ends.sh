# Shows: cancellation, locals with destructors, once, robust mutexes, the ends of threads and processes.
# program: thread-ends
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
