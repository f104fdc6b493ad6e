# Shows: a shell on node one forks and waits there, with pipes and subshells.
# nodes: 2
onnode 1 sh -c 'i=0; while [ $i -lt 100 ]; do (exit 1) || i=$((i+1)); done; echo $i; (echo sub; exit 4); echo $?; echo a b | (read x y; echo $y $x); for j in 1 2 3; do (sleep 0.1; exit $j) & done; wait; echo $?; x=$(echo substituted); echo $x'
