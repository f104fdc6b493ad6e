# Shows: renice and taskset are accepted for oneself.
renice -n 5 -p $$ >/dev/null; echo $?; taskset -p $$ >/dev/null; echo $?
