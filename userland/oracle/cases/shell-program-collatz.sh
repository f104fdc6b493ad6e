# Shows: the longest Collatz chain below two hundred.
best=0; i=1; while [ $i -lt 200 ]; do n=$i; l=1; while [ $n != 1 ]; do if [ $((n%2)) = 0 ]; then n=$((n/2)); else n=$((3*n+1)); fi; l=$((l+1)); done; [ $l -gt $best ] && best=$l && who=$i; i=$((i+1)); done; echo $who $best
