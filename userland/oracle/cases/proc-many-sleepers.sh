# Shows: a hundred sleeping processes, all ended by one kill.
i=0; p=; while [ $i -lt 100 ]; do sleep 50 & p="$p $!"; i=$((i+1)); done; kill $p; n=0; for q in $p; do wait $q; [ $? = 143 ] && n=$((n+1)); done 2>/dev/null; echo $n
