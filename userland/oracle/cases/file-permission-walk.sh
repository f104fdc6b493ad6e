# Shows: search permission on every folder of a path, for another user.
echo 'g:x:1000:1000::/tmp:/bin/sh' >>/etc/passwd; mkdir -p /tmp/a/b/c; echo deep >/tmp/a/b/c/f; t() { su g -c 'cat /tmp/a/b/c/f; echo $?; ls /tmp/a/b; echo $?; test -e /tmp/a/b/c; echo $?' 2>&1; }; t; chmod 711 /tmp/a/b; t; chmod 744 /tmp/a/b; t; chmod 700 /tmp/a; t; chown g /tmp/a; t; chmod 0 /tmp/a/b; t; cat /tmp/a/b/c/f
