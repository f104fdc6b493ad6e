# Shows: a status can be asked for once; wait for a child that was waited for.
(exit 5) & p=$!; wait $p; echo $?; wait $p; echo $?; false & q=$!; sleep 0.2; wait $q; echo $?
