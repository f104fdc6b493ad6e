# Shows: a trap handler runs on the other node.
# nodes: 2
onnode 1 sh -c 'trap "echo handled; exit 9" TERM; echo ready >/tmp/r; while :; do sleep 0.1; done' & p=$!; while [ ! -e /tmp/r ]; do sleep 0.1; done; kill -TERM $p; wait $p; echo $?; onnode 1 sh -c 'kill -TERM $$'; echo $?
