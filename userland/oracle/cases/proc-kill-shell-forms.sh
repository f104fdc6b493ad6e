# Shows: kill -s, kill -n style numbers, several pids, one missing among them.
sleep 30 & a=$!; sleep 30 & b=$!; kill -s TERM $a 999999 $b; echo $?; wait $a 2>/dev/null; echo $?; wait $b 2>/dev/null; echo $?
