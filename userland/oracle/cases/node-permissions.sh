# Shows: credentials go along: another user on the other node is still that user.
# nodes: 2
echo 'g:x:1000:1000::/tmp:/bin/sh' >>/etc/passwd; echo secret >/tmp/s; chmod 600 /tmp/s; onnode 1 su g -c 'id -u; cat /tmp/s; echo $?'; su g -c 'onnode 1 id -u; onnode 1 cat /tmp/s; echo $?; onnode 1 touch /tmp/mine'; stat -c %u /tmp/mine
