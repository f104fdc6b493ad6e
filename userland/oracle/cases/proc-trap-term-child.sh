# Shows: a parent passes a signal on to its child and reports its status.
cat >/tmp/t <<'X'
sleep 30 & child=$!
trap 'kill -TERM $child' TERM
echo ready >/tmp/r
wait $child; wait $child; echo "child $?"
X
sh /tmp/t 2>/dev/null & p=$!; while [ ! -e /tmp/r ]; do sleep 0.1; done; sleep 1; kill -TERM $p; wait $p; echo $?
