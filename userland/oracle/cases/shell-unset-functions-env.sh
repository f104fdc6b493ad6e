# Shows: long environment, many variables, large arguments reach the child.
i=0; while [ $i -lt 300 ]; do export "V$i=value$i"; i=$((i+1)); done; env | grep -c '^V[0-9]'; sh -c 'echo $V299'
big=$(seq 1 15000 | tr '\n' ' '); export big; sh -c 'echo ${#big}'; /bin/busybox echo $big | wc -c
