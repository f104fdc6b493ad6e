# Shows: dash's traps, wait, background jobs and signals.
# image: debian-small
# shell: dash
trap 'echo usr1' USR1; kill -USR1 $$; echo after; sleep 30 & p=$!; kill $p; wait $p 2>/dev/null; echo $?; (trap 'echo bye' EXIT; exit 4); echo $?; sh -c 'kill -9 $$'; echo $?; trap '' TERM; kill -TERM $$; echo alive; trap - TERM; (exit 7) & wait $!; echo $?; trap 'echo exit trap' EXIT; exit 5
