# Shows: reading in blocks of many sizes gives the same bytes.
cd /tmp; seq 1 30000 >f; for b in 1000 4095 4096 4097 65536 1000000; do dd if=f bs=$b 2>/dev/null | md5sum; done; for s in 0 1 4096 100000 168893 168894 200000; do tail -c +$((s+1)) f | md5sum; done; dd if=f bs=1 count=2000 skip=5000 2>/dev/null | md5sum
