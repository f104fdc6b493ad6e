# Shows: chroot shows a new root, from which .. does not lead out.
mkdir -p /tmp/r/bin /tmp/r/etc; cp /bin/busybox /tmp/r/bin/sh; echo inner >/tmp/r/etc/name; chroot /tmp/r /bin/sh -c 'cat /etc/name; cd /..; pwd; cd ../../../etc; cat ../etc/../../etc/name; ls /'; chroot /tmp/r nosuch; echo $?; chroot /nonexistent sh; echo $?; ls -d /tmp/r
