# Shows: kill by name, number and list; statuses; wrong names and pids.
for s in TERM 9 HUP 15; do sleep 30 & kill -$s $!; wait $! 2>/dev/null; echo "$s $?"; done; sh -c 'kill -SIGINT $$; echo lives'; echo "SIGINT $?"; kill -l 15; kill -l TERM; kill -l 137; kill -NOSUCH $$; echo $?; kill 999999; echo $?; kill -l | head -n 3
