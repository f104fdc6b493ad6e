# Shows: a file cut while it is open: the offset stays, a write makes a hole.
cd /tmp; exec 3>f; echo 12345 >&3; : >f; echo abc >&3; od -c f; exec 3>>g; echo 12345 >&3; : >g; echo abc >&3; od -c g
