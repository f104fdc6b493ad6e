# Shows: start-stop-daemon starts a background program with a pid file and stops it.
start-stop-daemon -S -b -m -p /tmp/pid -x /bin/busybox -- sleep 30; echo $?; until [ -s /tmp/pid ]; do sleep 0.1; done; kill -0 $(cat /tmp/pid); echo $?; kill $(cat /tmp/pid); while kill -0 $(cat /tmp/pid) 2>/dev/null; do sleep 0.1; done; echo gone
