# Shows: a subshell resets traps, an ignored signal stays ignored; children by exec too.
trap 'echo parent trap' USR1; trap '' USR2
( trap; kill -USR2 $(exec sh -c 'echo $PPID'); echo survives )
(sh -c 'kill -USR1 $PPID'; sleep 1; echo not reached) ; echo $?
sh -c 'trap; kill -USR2 $$; echo child survives'
