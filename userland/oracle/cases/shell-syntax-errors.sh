# Shows: syntax errors give status 2 and a message, and the shell does not run the rest.
sh -c 'echo a; )'; echo $?; sh -c 'for'; echo $?; sh -c 'echo "open'; echo $?; sh -c 'case x in'; echo $?; sh -c '{ echo a'; echo $?; sh -c 'fi'; echo $?
