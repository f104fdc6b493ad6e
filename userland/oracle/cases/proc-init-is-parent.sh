# Shows: the parent of pid 1's children, and of the first process, is there.
sh -c 'kill -0 $PPID; echo $?'; [ $PPID -ge 0 ] && echo has parent
