# Shows: a command on each node writes to the one console and returns its status.
# nodes: 2
onnode 0 echo on zero; onnode 1 echo on one; onnode 1 sh -c 'exit 7'; echo $?; onnode 1 false; echo $?; onnode 0 true; echo $?
