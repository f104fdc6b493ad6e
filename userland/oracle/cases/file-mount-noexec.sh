# Shows: what is on a noexec mount is not run, and can be read by who runs it.
# stderr: any
mkdir /mnt/a
mount -t tmpfs none /mnt/a
cp /bin/busybox /mnt/a/echo
printf '#!/bin/sh\necho script\n' > /mnt/a/script
chmod 755 /mnt/a/script
show() { /mnt/a/echo program; echo $?; /mnt/a/script; echo $?; sh /mnt/a/script; ls -l /mnt/a/script | cut -c 1-10; }
show
mount -o remount,noexec /mnt/a
show
su nobody -s /bin/sh -c '/mnt/a/echo program; echo $?; test -x /mnt/a/script; echo $?'
mount -o remount,exec /mnt/a
show
