# Shows: a set-id program that is open gives no rights any more once somebody else has written it.
# image: debian-small
chmod 1777 /tmp
cp /usr/bin/id /tmp/id
chown 1000:1000 /tmp/id
chmod 6777 /tmp/id
exec 3</tmp/id
/proc/self/fd/3 -u
su -s /bin/sh nobody -c 'echo >> /tmp/id'
/proc/self/fd/3 -u
/proc/self/fd/3 -g
