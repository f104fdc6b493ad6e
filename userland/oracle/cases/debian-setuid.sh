# Shows: a set-user-id program runs with its owner's rights, a script does not.
# image: debian-small
# shell: bash
echo 'guest:x:1000:1000::/tmp:/bin/sh' >>/etc/passwd; cp /usr/bin/id /tmp/id; chown 7:8 /tmp/id; chmod 6755 /tmp/id; su guest -c '/tmp/id -u; /tmp/id -ru; /tmp/id -g; /tmp/id -rg'; chmod 755 /tmp/id; su guest -c '/tmp/id -u'; printf '#!/bin/sh\n/usr/bin/id -u\n' >/tmp/s; chmod 4755 /tmp/s; su guest -c /tmp/s; cp /usr/bin/cat /tmp/c; chmod 4755 /tmp/c; echo secret >/tmp/f; chmod 600 /tmp/f; su guest -c 'cat /tmp/f 2>/dev/null; /tmp/c /tmp/f'; su guest -c 'echo x >>/tmp/c' 2>/dev/null; echo x >>/tmp/id; stat -c %a /tmp/id /tmp/c
