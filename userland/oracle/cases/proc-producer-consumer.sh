# Shows: a work queue over a FIFO: three workers take all of sixty jobs, each once. It is held open in both
# ways first, so that no worker opens it too late to find a writer.
cd /tmp; mkfifo q; exec 3<>q; for w in 1 2 3; do (while read j; do echo "$j" >>done.$w; done) <q 3>&- & done; for i in $(seq 1 60); do echo $i >&3; done; exec 3>&-; wait; cat done.* 2>/dev/null | tr -cs '0-9' '\n' | sort -n | tr -d '\n' | wc -c
