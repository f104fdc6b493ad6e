# Shows: the CHLD trap runs when a child ends.
trap 'n=$((n+1))' CHLD; n=0
sleep 0.1 & wait; [ $n -ge 1 ] && echo counted
trap - CHLD; echo done
