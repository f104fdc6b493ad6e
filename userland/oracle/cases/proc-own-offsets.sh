# Shows: a process with one file open seven times; each opening has its own offset.
cd /tmp; seq 1 100 >f; i=3; while [ $i -lt 10 ]; do eval "exec $i<f"; i=$((i+1)); done; i=3; while [ $i -lt 10 ]; do eval "read a <&$i; read b <&$i"; echo $a $b; i=$((i+1)); done | sort | uniq -c | awk '{print $1,$2,$3}'
