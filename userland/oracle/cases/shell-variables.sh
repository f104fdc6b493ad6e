# Shows: export, readonly, unset, assignments before a command, env in children.
a=1; export b=2; sh -c 'echo "[$a] [$b]"'
a=3 sh -c 'echo $a'; echo $a
export a; sh -c 'echo $a'; unset a; sh -c 'echo "[${a-unset}]"'
readonly r=5; (r=6; echo not reached); echo $? $r; (unset r); echo $?
env -i X=1 /bin/busybox env; env -u b sh -c 'echo "[${b-unset}]"'
x=1 y=2; x=$y y=$x; echo $x $y
f() { echo $V; }; V=temp f; echo "[$V]"
v=a; v=${v}b${v}; echo $v; export -p | grep "b='2'"
