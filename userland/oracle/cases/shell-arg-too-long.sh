# Shows: one argument of more than 128 KiB is refused with E2BIG.
big=$(head -c 140000 /dev/zero | tr '\0' x); /bin/busybox true "$big"; echo $?; env X="$big" /bin/busybox true; echo $?
