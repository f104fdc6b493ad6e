# Shows: one process table: the child on another node knows its parent's pid; pids keep over exec.
# nodes: 2
me=$$; onnode 1 sh -c "[ \$PPID = $me ] && echo my child"; sh -c 'a=$$; export a; exec onnode 1 sh -c "[ \$\$ = \$a ] && echo same pid"'; onnode 1 sh -c 'sh -c "[ \$PPID = $$ ] && echo grandchild; :"; :'
