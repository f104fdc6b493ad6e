# Shows: the time program passes a status on and reports on standard error.
/bin/busybox time true 2>/dev/null; echo $?; /bin/busybox time sh -c 'exit 3' 2>/dev/null; echo $?; /bin/busybox time -p true 2>&1 | sed 's/[0-9.]*$//'; /bin/busybox time -f 'ended %x' sh -c 'exit 4'
