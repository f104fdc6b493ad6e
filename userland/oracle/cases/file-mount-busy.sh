# Shows: what is in use is not unmounted, but can be taken out of the tree, and stays usable.
# stderr: any
mkdir /mnt/a
mount -t tmpfs vol /mnt/a
echo text > /mnt/a/f
mkdir /mnt/a/d
(cd /mnt/a/d; umount /mnt/a || echo busy by a directory; pwd)
exec 3< /mnt/a/f
umount /mnt/a || echo busy by a file
mount -t tmpfs below /mnt/a/d
umount /mnt/a || echo busy by a mount
touch /mnt/a/d/x
umount -l /mnt/a && echo gone
ls /mnt/a
read line <&3; echo "$line"
exec 3<&-
umount /mnt/a || echo nothing is mounted there
cd /mnt/a
mount -t tmpfs over /mnt/a
touch /mnt/a/seen
ls; ls /mnt/a
cd /mnt/a; ls
mount -t tmpfs again /mnt/a; ls /mnt/a; umount /mnt/a; ls /mnt/a
