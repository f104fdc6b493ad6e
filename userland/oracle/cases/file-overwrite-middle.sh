# Shows: writes into the middle of a file leave the rest as it was.
cd /tmp; head -c 100000 /dev/zero | tr '\0' a >f; for o in 0 4095 4096 4097 8191 50000 99990; do printf XYZ | dd of=f bs=1 seek=$o conv=notrunc 2>/dev/null; done; md5sum <f; wc -c <f; tr -d a <f; echo; exec 3<>f; printf 12 >&3; head -c 4 <&3; echo; exec 3>&-; head -c 8 f; echo
