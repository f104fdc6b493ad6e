# Shows: an orphan on the other node finishes its work.
# nodes: 2
onnode 1 sh -c '(sleep 0.5; echo done >/tmp/o) &'; i=0; while [ ! -s /tmp/o ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done; cat /tmp/o
