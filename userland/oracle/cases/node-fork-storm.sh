# Shows: a hundred programs on the other node, one after the other.
# nodes: 2
i=0; n=0; while [ $i -lt 100 ]; do onnode 1 sh -c "exit $((i%3))"; n=$((n+$?)); i=$((i+1)); done; echo $n
