# Shows: a work queue over a FIFO: three workers take all of sixty jobs, each once. A job is a record of
# three bytes taken by one read(2), and the queue is held open first, so that no worker finds no writer.
cd /tmp; mkfifo q; exec 3<>q; for w in 1 2 3; do (while j=$(dd bs=3 count=1 2>/dev/null); [ -n "$j" ]; do echo "$j" >>done.$w; done) <q 3>&- & done; for i in $(seq 10 69); do echo $i >&3; done; exec 3>&-; wait; cat done.* | wc -l; cat done.* | sort -u | wc -l
