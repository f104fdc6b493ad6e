# Shows: an orphan lives on, is taken over by init, and can finish its work.
(sh -c 'sleep 0.3; echo orphan >/tmp/o' &) ; until [ -s /tmp/o ]; do sleep 0.1; done; cat /tmp/o; (sh -c 'sleep 0.4; echo $PPID >/tmp/p' & ); until [ -s /tmp/p ]; do sleep 0.1; done; cat /tmp/p
