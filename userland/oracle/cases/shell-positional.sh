# Shows: $@ and $* quoted and not, shift, set --, more than nine parameters.
# args: a b c
count() { echo $#: "$1"; }
echo "$0" "$#" "$@"
count $@; count "$@"; count $*; count "$*"
IFS=-; echo "$*" $*; unset IFS
set -- 1 2 3 4 5 6 7 8 9 ten eleven; echo $10 ${10} ${11}
shift; echo $1 $#; shift 5; echo $1 $#; shift 9; echo "status $? left $#"
set --; count "$@"; count "$*"; echo "[$1]"
set -- 'a b' '' c; for i; do echo "<$i>"; done
for i in "x$@y"; do echo "($i)"; done
