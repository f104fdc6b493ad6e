# Shows: a tree of processes: each node waits for two children.
cat >/tmp/t <<'X'
[ $1 = 0 ] && { echo leaf; exit 1; }
sh /tmp/t $(($1-1)) & a=$!; sh /tmp/t $(($1-1)) & b=$!; wait $a; x=$?; wait $b; exit $((x+$?))
X
sh /tmp/t 5 | wc -l; sh /tmp/t 4 >/dev/null; echo $?
