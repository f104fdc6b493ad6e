# Shows: a trapped signal during read runs its trap; reading goes on or ends.
mkfifo /tmp/p; me=$$; trap 'echo trap' USR1; (exec 5>/tmp/p; sleep 0.4; kill -USR1 $me; sleep 0.4; echo data >&5) & cat /tmp/p; wait; echo over
