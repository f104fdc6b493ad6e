# Shows: a FIFO with its ends on two nodes.
# nodes: 2
mkfifo /tmp/p; onnode 1 sh -c 'echo hello >/tmp/p' & cat /tmp/p; wait; onnode 1 cat /tmp/p & echo back >/tmp/p; wait; onnode 1 seq 1 20000 >/tmp/p & md5sum </tmp/p; wait
