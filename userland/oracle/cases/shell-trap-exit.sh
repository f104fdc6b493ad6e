# Shows: the EXIT trap runs once, with the status, also by exit and set -e; trap - takes it out.
sh -c 'trap "echo bye \$?" EXIT; echo hi; exit 3'; echo $?
sh -c 'trap "echo bye" EXIT; echo hi'; echo $?
sh -c 'trap "exit 9" EXIT; exit 3'; echo $?
sh -ec 'trap "echo trapped \$?" EXIT; false; echo no'; echo $?
sh -c 'trap "echo never" EXIT; trap - EXIT; echo cleared'
sh -c 'trap "echo once" 0; (echo sub); :'
sh -c 'trap "echo a; trap \"echo b\" EXIT" EXIT; :'
