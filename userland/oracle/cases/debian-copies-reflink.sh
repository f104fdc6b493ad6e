# Shows: cp, ls and stat where blocks cannot be shared, and what a pipe's file system is.
# image: debian-small
# shell: bash
cd /tmp; echo data > f; cp --reflink=always f g 2>&1; echo $?; cp --reflink=auto f h; cat h; echo x | stat -f -c "%T %S" /dev/fd/0; truncate -s 1M sp; cp --sparse=always sp sp2; stat -c '%s %b' sp2; cmp sp sp2; echo $?
