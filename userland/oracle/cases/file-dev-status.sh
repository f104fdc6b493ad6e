# Shows: the devices of /dev and the links beside them: types, modes and numbers.
cd /dev
for d in null zero full random urandom tty ptmx; do stat -c '%n %F %a %t:%T %u:%g %s %h %b' $d; done
for d in fd stdin stdout stderr; do stat -c '%N' $d; done
stat -c '%n %F %a' pts .
ls -l null | cut -c 1-10
su nobody -s /bin/sh -c 'echo x > /dev/null && head -c 2 /dev/zero | wc -c; rm /dev/null; touch /dev/new; chmod 600 /dev/null' 2>&1
