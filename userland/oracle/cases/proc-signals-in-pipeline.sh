# Shows: killing one stage of a pipeline ends the others.
cat >/tmp/t <<'X'
echo $$ >/tmp/pid; exec yes
X
sh /tmp/t | { until [ -s /tmp/pid ]; do sleep 0.1; done; kill $(cat /tmp/pid); cat >/dev/null; echo drained; }; (sleep 3; echo no) | cat & sleep 0.3; kill $!; wait $! 2>/dev/null; echo $?
