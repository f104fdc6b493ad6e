# Shows: argv arrives as given: empty, with newlines, very many.
show() { sh -c 'echo $#; for i; do printf "<%s>" "$i"; done; echo' "$@"; }; show zero '' 'a b' 'c
d' '*'; set -- $(seq 1 3000); sh -c 'echo $# $1 ${3000}' zero "$@"; /bin/busybox printf '%s|' a '' b; echo; sh -c 'echo "$0"' 'odd name'
