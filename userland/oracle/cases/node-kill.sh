# Shows: signals to processes of the other node, and their statuses.
# nodes: 2
for s in TERM KILL HUP USR1; do onnode 1 sleep 60 & p=$!; sleep 0.5; kill -$s $p; wait $p 2>/dev/null; echo $s $?; done; onnode 1 sleep 60 & p=$!; sleep 0.3; kill -0 $p; echo $?; kill $p; wait $p 2>/dev/null; kill -0 $p 2>/dev/null; echo $?
