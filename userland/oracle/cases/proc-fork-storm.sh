# Shows: a thousand short children, one after the other.
i=0; n=0; while [ $i -lt 1000 ]; do (exit $((i%7))) ; n=$((n+$?)); i=$((i+1)); done; echo $n
