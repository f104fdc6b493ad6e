# Shows: a script with #! runs on the other node.
# nodes: 2
printf '#!/bin/sh\necho script $0 $1 $#\nexit 6\n' >/tmp/s; chmod +x /tmp/s; onnode 1 /tmp/s a b; echo $?
