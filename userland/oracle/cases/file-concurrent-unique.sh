# Shows: ten processes make and remove a hundred files each.
cd /tmp; for p in 0 1 2 3 4 5 6 7 8 9; do (i=0; while [ $i -lt 100 ]; do echo $i >f.$p.$i; i=$((i+1)); done; [ $((p%2)) = 0 ] && rm f.$p.*) & done; wait; ls | wc -l; cat f.* | wc -l; rm f.*; ls
