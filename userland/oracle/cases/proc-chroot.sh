# Shows: chroot shows a new root, from which .. does not lead out.
# Builtins alone: an applet would be run through /proc/self/exe, which the new root has not.
mkdir -p /tmp/r/bin /tmp/r/etc; cp /bin/busybox /tmp/r/bin/sh; echo inner >/tmp/r/etc/name; chroot /tmp/r /bin/sh -c 'read x </etc/name; echo $x; cd /..; pwd; cd ../../../etc; read x <../etc/../../etc/name; echo $x; echo /*'; chroot /tmp/r nosuch; echo $?; chroot /nonexistent sh; echo $?; ls -d /tmp/r
