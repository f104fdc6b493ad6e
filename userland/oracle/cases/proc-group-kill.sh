# Shows: a signal to a process group ends all its members and nobody else.
setsid sh -c 'sleep 40 & sleep 40 & echo ready; wait' >/tmp/o & p=$!; until [ -s /tmp/o ]; do sleep 0.1; done; cat /tmp/o; kill -TERM -$p; wait $p 2>/dev/null; echo $?; sh -c 'trap "echo survived" EXIT; kill -TERM -999999 2>/dev/null; echo $?'; echo alive
