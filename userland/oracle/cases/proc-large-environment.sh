# Shows: sixty-four kilobytes of environment and a hundred kilobytes of arguments.
v=$(head -c 65000 /dev/zero | tr '\0' v); export v; /bin/busybox sh -c 'echo ${#v}'; set --; a=$(head -c 1000 /dev/zero | tr '\0' a); i=0; while [ $i -lt 100 ]; do set -- "$@" $a; i=$((i+1)); done; /bin/busybox sh -c 'echo $#; echo "$*" | wc -c' x "$@"
