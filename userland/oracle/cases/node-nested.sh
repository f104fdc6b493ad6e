# Shows: from node to node and back, eight deep.
# nodes: 2
cat >/tmp/n <<'X'
[ $1 = 0 ] && { echo bottom; exit 20; }
onnode $(($1 % 2)) sh /tmp/n $(($1-1)); exit $(($?+1))
X
chmod +x /tmp/n; sh /tmp/n 8; echo $?
