# Shows: time's exit status and that it writes to standard error.
time true 2>/dev/null; echo $?; time -p false 2>/dev/null; echo $?; time sh -c 'exit 5' 2>/dev/null; echo $?
