# Shows: wait only waits for own children; a grandchild's end is not seen.
(sleep 0.2 & exit 3); echo $?; sh -c 'sleep 5 & echo $!' >/tmp/p; wait $(cat /tmp/p); echo $?; kill $(cat /tmp/p); echo $?
