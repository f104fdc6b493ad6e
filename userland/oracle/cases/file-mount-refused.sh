# Shows: mount and umount say why not, and are root's alone.
# stderr: any
mkdir /mnt/a
touch /mnt/f
try() { "$@" 2>&1 | sed 's/.*: //'; }
try mount -t tmpfs -o bogus=1 none /mnt/a
try mount -t tmpfs -o size=x none /mnt/a
try mount -t tmpfs -o mode=9 none /mnt/a
try mount -t none none /mnt/a
try mount -t tmpfs none /mnt/none
try mount -t tmpfs none /mnt/f/g
try mount -t tmpfs none /mnt/f
try umount /mnt/a
try umount /mnt/none
try su nobody -s /bin/sh -c 'umount /mnt/a'
mount -t tmpfs none /mnt/a
try su nobody -s /bin/sh -c 'umount /mnt/a'
try rmdir /mnt/a
try mv /mnt/a /mnt/b
ls -d /mnt/a/..
