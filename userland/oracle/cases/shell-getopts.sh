# Shows: getopts with flags, arguments, silent mode, errors, OPTIND.
t() { OPTIND=1; while getopts ab:c o "$@"; do echo "$o [${OPTARG-}] $OPTIND"; done; shift $((OPTIND-1)); echo "rest $*"; }
t -a -b x -c rest; t -abx y; t -a -- -c; t -z; t -b
s() { OPTIND=1; while getopts :ab: o "$@"; do echo "$o [${OPTARG-}]"; done; }
s -z; s -b; s -a -b 'with space'
