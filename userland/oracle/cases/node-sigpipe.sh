# Shows: SIGPIPE and end of file between nodes.
# nodes: 2
onnode 1 yes | head -n 2; yes | onnode 1 head -n 2; onnode 1 sh -c 'yes; echo "status $?" >/tmp/s' 2>/dev/null | head -n 1; cat /tmp/s; onnode 1 sh -c 'sleep 0.3' | cat; echo eof; { onnode 1 sh -c 'sleep 0.4; echo late' & echo first; } | cat
