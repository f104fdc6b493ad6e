# Shows: a signal's status passes up through shells as 128+n.
sh -c 'sh -c "kill -KILL \$\$"; exit $?'; echo $?; sh -c 'sh -c "kill -KILL \$\$"' ; echo $?; (sh -c 'kill -TERM $$'); echo $?; x=$(sh -c 'kill -TERM $$'); echo $?; ! sh -c 'kill -TERM $$'; echo $?
