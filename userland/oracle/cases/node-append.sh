# Shows: appends by two nodes to one file all arrive.
# nodes: 2
cd /tmp; (for i in $(seq 1 100); do echo zero $i >>log; done) & onnode 1 sh -c 'for i in $(seq 1 100); do echo one $i >>log; done' & wait; wc -l <log; sort log | md5sum
