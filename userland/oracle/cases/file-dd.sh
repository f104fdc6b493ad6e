# Shows: dd's blocks, counts, skip, seek, conversions and its report.
cd /tmp; seq 1 1000 >f; dd if=f of=g bs=100 count=3 2>&1 | head -n 2; wc -c <g; dd if=f bs=10 skip=5 count=1 2>/dev/null | od -c
dd if=f of=g bs=1 seek=2 count=3 conv=notrunc 2>/dev/null; head -c 8 g; echo; echo hello | dd conv=ucase 2>/dev/null; echo abcd | dd conv=swab 2>/dev/null; printf abc | dd bs=8 conv=sync 2>/dev/null | od -c
dd if=nothere of=x; echo $?; dd if=/dev/zero of=/dev/full bs=10 count=1 2>&1 | head -n 1; cat f | dd bs=1000 iflag=fullblock count=2 2>/dev/null | md5sum; dd if=f of=h bs=64 2>&1 | sed 2q
