# Shows: exec replaces the shell and keeps what it redirects.
sh -c 'exec echo replaced; echo no'
sh -c 'exec >/tmp/o; echo to file'; cat /tmp/o
sh -c 'exec sh -c "exit 11"'; echo $?
sh -c 'trap "echo lost" EXIT; exec true'; echo $?
(exec 2>&1; ls /nonexistent)
sh -c 'echo $0 $1' zero one
p=$$; sh -c "[ \$PPID = $p ] && echo parent"
sh -c 'a=$$; exec sh -c "[ \$\$ = $a ] && echo same pid"'
