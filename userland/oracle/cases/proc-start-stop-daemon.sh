# Shows: start-stop-daemon starts a background program with a pid file and stops it.
start-stop-daemon -S -b -m -p /tmp/pid -x /bin/busybox -- sleep 30; echo $?; sleep 0.3; kill -0 $(cat /tmp/pid); echo $?; kill $(cat /tmp/pid); sleep 0.3; kill -0 $(cat /tmp/pid) 2>/dev/null; echo $?
