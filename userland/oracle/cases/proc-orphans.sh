# Shows: an orphan lives on, is taken over by init, and can finish its work.
(sh -c 'sleep 0.3; echo orphan >/tmp/o' &) ; sleep 1; cat /tmp/o; (sh -c 'sleep 0.4; echo $PPID >/tmp/p' & ); sleep 1; cat /tmp/p
