# Shows: writing far behind the end leaves a hole of zeros.
cd /tmp; printf x >f; printf y | dd of=f bs=1 seek=1000000 conv=notrunc 2>/dev/null; wc -c <f; tr -d '\0' <f; echo; md5sum <f
dd if=f bs=1 skip=999998 2>/dev/null | od -c; truncate -s 3G big; ls -l big | awk '{print $5}'; printf end | dd of=big bs=1 seek=4294967296 conv=notrunc 2>/dev/null; stat -c %s big; tail -c 3 big; echo; rm big
