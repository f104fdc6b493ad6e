# Shows: a sieve written in shell.
n=200; i=2; while [ $i -le $n ]; do eval "c=\${p$i-1}"; if [ $c = 1 ]; then printf '%s ' $i; j=$((i*i)); while [ $j -le $n ]; do eval "p$j=0"; j=$((j+i)); done; fi; i=$((i+1)); done; echo
