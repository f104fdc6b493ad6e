# Shows: writes of many processes into one pipe keep each line whole.
for i in 1 2 3 4 5 6 7 8; do (j=0; while [ $j -lt 50 ]; do echo "process $i line $j of the test"; j=$((j+1)); done) & done | sort | md5sum; wait
