# Shows: SIGSTOP stops a process, SIGCONT lets it go on, SIGKILL works on a stopped one.
cd /tmp; (i=0; while :; do i=$((i+1)); echo $i >c.new; mv c.new c; done) & p=$!
until [ -e c ]; do sleep 0.1; done; kill -STOP $p; sleep 0.5; a=$(cat c); sleep 0.5; b=$(cat c); [ "$a" = "$b" ] && echo stopped
kill -CONT $p; until [ "$(cat c 2>/dev/null)" != "$b" ]; do sleep 0.1; done; echo continued
kill -STOP $p; kill -KILL $p; wait $p 2>/dev/null; echo $?
