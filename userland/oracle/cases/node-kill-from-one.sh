# Shows: a process on node one sends signals to one on node zero.
# nodes: 2
sleep 60 & p=$!; onnode 1 sh -c "kill -TERM $p; echo \$?"; wait $p 2>/dev/null; echo $?; trap 'echo trapped' USR1; onnode 1 sh -c "kill -USR1 $$"; echo after
