# Shows: a volume of its own has the mode, owner, room and inodes that its options say.
# stderr: any
mkdir /mnt/a
mount -t tmpfs -o size=64k,nr_inodes=5,mode=700,uid=3,gid=4 vol /mnt/a
stat -c '%a %u %g %i %F' /mnt/a
stat -f -c '%b %f %c %d %T' /mnt/a
dd if=/dev/zero of=/mnt/a/f bs=1k count=100 || echo full
stat -c '%s %b' /mnt/a/f
stat -f -c '%b %f %c %d' /mnt/a
for i in 1 2 3 4 5; do touch /mnt/a/$i || echo no inode for $i; done
ls /mnt/a
rm /mnt/a/f
stat -f -c '%b %f %c %d' /mnt/a
umount /mnt/a
ls /mnt/a
mount -t tmpfs none /mnt/a
stat -c '%a %u %g' /mnt/a
ls /mnt/a
[ "$(stat -c %d /mnt/a)" = "$(stat -c %d /mnt)" ] || echo another device
