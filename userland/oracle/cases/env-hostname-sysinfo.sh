# Shows: free, uptime and nproc have answers.
nproc | awk '{print ($1 >= 1)}'; free | awk '/^Mem/{print ($2 > 0)}'; uptime | grep -c 'load average'; getconf 2>/dev/null; echo $(( $? != 0 ))
