# Shows: fork and exec of a thread; mutex, condition, barrier and semaphore between processes.
# program: thread-processes
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
