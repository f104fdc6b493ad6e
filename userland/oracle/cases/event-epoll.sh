# Shows: epoll with levels, edges, one-shots, what is gone, sets in sets, threads and signals.
# program: event-epoll
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
