# Shows: twenty processes append a hundred lines each to one file; none is lost.
cd /tmp; for i in $(seq 1 20); do (j=0; while [ $j -lt 100 ]; do echo "writer $i line $j"; j=$((j+1)); done >>log) & done; wait; wc -l <log; sort log | md5sum; sort log | uniq -d | wc -l
