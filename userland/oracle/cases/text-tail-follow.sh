# Shows: tail -f follows a growing file until it is killed.
cd /tmp; echo one >f; tail -f f >out & p=$!; sleep 0.5; echo two >>f; sleep 2.5; kill $p; wait $p 2>/dev/null; cat out
