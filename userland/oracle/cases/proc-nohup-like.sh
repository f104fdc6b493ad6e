# Shows: a child with SIGHUP ignored lives through a hang-up of its group.
setsid sh -c '(trap "" HUP; mkfifo /tmp/up; echo >/tmp/up; sleep 0.5; echo lived >/tmp/l) & until [ -p /tmp/up ]; do sleep 0.05; done; read x </tmp/up; kill -HUP 0'; echo $?; until [ -s /tmp/l ]; do sleep 0.1; done; cat /tmp/l
