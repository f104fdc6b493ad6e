# Shows: kill 0 reaches the whole group; a new session keeps others out of it.
setsid sh -c 'trap "echo got; exit 4" TERM; sleep 30 & kill -TERM 0; wait; echo no'; echo $?; echo outer alive
