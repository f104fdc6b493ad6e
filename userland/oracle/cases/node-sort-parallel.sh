# Shows: halves sorted on two nodes and merged.
# nodes: 2
awk 'BEGIN{x=42; for(i=0;i<6000;i++){x=(x*1103515245+12345)%2147483648; print x}}' >/tmp/f; cd /tmp; head -n 3000 f >a; tail -n 3000 f >b; onnode 0 sort -n a -o a.s & onnode 1 sort -n b -o b.s & wait; cat a.s b.s | sort -n | md5sum; sort -n f | md5sum
