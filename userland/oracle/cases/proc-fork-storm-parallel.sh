# Shows: two hundred children at once, each with its own status.
i=0; p=; while [ $i -lt 200 ]; do (exit $((i%5))) & p="$p $!"; i=$((i+1)); done; s=0; for q in $p; do wait $q; s=$((s+$?)); done; echo $s
