# Shows: shells that start shells, twelve deep, bring their statuses back up.
cat >/tmp/r <<'X'
[ $1 = 0 ] && exit 40
sh /tmp/r $(($1-1)); exit $(($?+1))
X
sh /tmp/r 12; echo $?
