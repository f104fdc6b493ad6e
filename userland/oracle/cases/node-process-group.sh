# Shows: a process group over both nodes gets one signal.
# nodes: 2
setsid sh -c 'trap "echo leader; exit 3" TERM; onnode 1 sh -c "sleep 60; echo no" & onnode 0 sleep 60 & sleep 1; kill -TERM 0; wait; echo never'; echo $?
