# Shows: a trapped signal ends wait with 128+n, and the job can be waited for again.
trap 'echo usr1' USR1
me=$$
{ sleep 1; kill -USR1 $me; sleep 1; exit 6; } & job=$!
wait $job; echo $?
wait $job; echo $?
