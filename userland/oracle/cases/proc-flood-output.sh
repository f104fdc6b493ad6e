# Shows: two writers to both outputs: each keeps its own order.
i=0; while [ $i -lt 40 ]; do echo out $i; echo err $i >&2; i=$((i+1)); done
