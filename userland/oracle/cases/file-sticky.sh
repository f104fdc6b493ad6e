# Shows: in a sticky folder only the owner removes or renames.
echo 'g1:x:1001:1001::/tmp:/bin/sh' >>/etc/passwd; echo 'g2:x:1002:1002::/tmp:/bin/sh' >>/etc/passwd
mkdir -m 1777 /tmp/s; mkdir -m 777 /tmp/n; su g1 -c ': >/tmp/s/a; : >/tmp/n/a; chmod 666 /tmp/s/a'
su g2 -c 'rm -f /tmp/s/a; echo $?; mv /tmp/s/a /tmp/s/b; echo $?; echo x >/tmp/s/a; echo $?; rm -f /tmp/n/a; echo $?'; su g1 -c 'mv /tmp/s/a /tmp/s/b; rm /tmp/s/b; echo $?'
