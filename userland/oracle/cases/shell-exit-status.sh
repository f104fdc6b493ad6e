# Shows: exit takes its status modulo 256, or the last one.
(exit 256); echo $?; (exit 257); echo $?; (exit 255); echo $?
sh -c 'false; exit'; echo $?
sh -c 'exit 3 4' 2>/dev/null; echo $?
sh -c 'exit abc' 2>/dev/null; echo $?
sh -c 'return 4' ; echo $?
sh -c ''; echo $?; sh -c 'if'; echo $?
exit 42
