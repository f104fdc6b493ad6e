# Shows: a mounted volume gets another size, and is read-only or not, but not below what it holds.
# stderr: any
mkdir /mnt/a
mount -t tmpfs -o size=64k vol /mnt/a
dd if=/dev/zero of=/mnt/a/f bs=4k count=10 2> /dev/null
mount -o remount,size=128k /mnt/a && stat -f -c '%b %f' /mnt/a
mount -o remount,size=4k /mnt/a || echo too small
mount -o remount,bogus=1 /mnt/a || echo no such option
stat -f -c '%b %f' /mnt/a
mount -o remount,ro /mnt/a
touch /mnt/a/g || echo read-only
chmod 600 /mnt/a/f || echo read-only
cat /mnt/a/f | wc -c
mount -o remount,rw /mnt/a && touch /mnt/a/g && ls /mnt/a
exec 3> /mnt/a/h
mount -o remount,ro /mnt/a || echo written
exec 3>&-
mount -o remount,ro /mnt/a && echo read-only now
mkdir /mnt/b
mount -o remount,ro /mnt/b || echo nothing is mounted there
