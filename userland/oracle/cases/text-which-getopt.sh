# Shows: getopt orders options and quotes arguments.
getopt ab:c -a x -b 'y z' -c; getopt -o ab: -l long,arg: -n t -- -a --long --arg=v w -b q; getopt -o a -n t -- -z; echo $?; eval set -- "$(getopt -o ab: -- -b 'p q' r -a)"; echo $# "$2" "$5"
