# Shows: a set-user-id program runs with its owner's rights.
echo 'guest:x:1000:1000::/tmp:/bin/sh' >>/etc/passwd; cp /bin/busybox /tmp/id; chown 7:8 /tmp/id; chmod 6755 /tmp/id
su guest -c '/tmp/id -u; /tmp/id -ru; /tmp/id -g; /tmp/id -rg'; chmod 755 /tmp/id; su guest -c '/tmp/id -u'
