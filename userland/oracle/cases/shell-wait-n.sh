# Shows: wait -n, whose status is 129 in busybox whatever the job's was; 0 when no job is left.
(exit 4) & wait -n; echo $?; wait -n; echo $?
