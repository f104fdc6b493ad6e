# Shows: a child with SIGHUP ignored lives through a hang-up of its group.
setsid sh -c '(trap "" HUP; sleep 0.5; echo lived >/tmp/l) & sleep 0.1; kill -HUP 0'; echo $?; sleep 1; cat /tmp/l
