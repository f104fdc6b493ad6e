# Shows: real-time signals end a process with 128+n.
for s in 34 40 50; do sh -c "kill -$s \$\$"; echo "$s $?"; done 2>/dev/null; kill -65 $$ 2>/dev/null; echo $?
