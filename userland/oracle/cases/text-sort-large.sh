# Shows: forty thousand lines sorted, made unique, counted.
awk 'BEGIN{x=12345; for(i=0;i<40000;i++){x=(x*1103515245+12345)%2147483648; print x%50000}}' >/tmp/f; cd /tmp; md5sum f; sort -n f | md5sum; sort -nu f | wc -l; sort f | uniq -c | sort -rn | head -n 3; sort -r f | tail -n 2
