# Shows: both outputs of a remote command arrive, redirected as told.
# nodes: 2
onnode 1 sh -c 'echo out; echo err >&2'; onnode 1 sh -c 'echo out; echo err >&2' 2>&1 | sort; onnode 1 sh -c 'echo out; echo err >&2' >/tmp/o 2>/tmp/e; cat /tmp/e /tmp/o; onnode 1 ls /nonexistent; echo $?
