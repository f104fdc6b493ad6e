# Shows: sums, semaphores, errors and waiters of eventfd, and how children share one.
# program: event-counters
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
