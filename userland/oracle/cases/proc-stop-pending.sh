# Shows: a signal sent to a stopped process is delivered when it goes on.
sh -c 'trap "echo trapped; exit 3" TERM; echo up | tee /tmp/up; while :; do :; done' & p=$!; until [ -s /tmp/up ]; do sleep 0.1; done; kill -STOP $p; sleep 0.1; kill -TERM $p; sleep 0.3; echo still; kill -CONT $p; wait $p; echo $?
