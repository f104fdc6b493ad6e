# Shows: env sets, unsets, clears, and passes on; the environment is a copy.
env -i /bin/busybox env; env -i A=1 B='x y' sh -c 'echo $A $B; env | sort | grep -v PWD | grep -v SHLVL | grep -v "^_"'; A=1 env -u A sh -c 'echo ${A-none}'; env A=2 sh -c 'A=3; export A; sh -c "echo \$A"'; env nosuch; echo $?; env false; echo $?; env A=1 | grep '^A='
