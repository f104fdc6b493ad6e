# Shows: a limit on CPU seconds ends a busy process with SIGXCPU or SIGKILL.
# stderr: any
sh -c 'ulimit -t 1; while :; do :; done'; s=$?; [ $s = 152 ] || [ $s = 137 ] && echo ended
