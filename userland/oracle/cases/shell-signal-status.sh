# Shows: death by signal is 128+n, for children, for substitution and for the shell's remark.
for s in HUP INT KILL ALRM TERM USR1 PIPE; do sh -c "kill -$s \$\$"; echo $s $?; done 2>/dev/null
x=$(kill -KILL $(exec sh -c 'echo $PPID')) ; echo $?
sh -c 'kill -9 $$'; echo $?
sh -c 'kill -STOP $$' & p=$!; until grep -q "^State.*T" /proc/$p/status; do sleep 0.1; done; kill -CONT $p; wait $p; echo $?
kill -0 $$; echo $?; kill -0 999999; echo $?
