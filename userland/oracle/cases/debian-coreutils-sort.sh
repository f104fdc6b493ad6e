# Shows: GNU sort: keys, numeric kinds, stable, merge, large input with temporary files and threads.
# image: debian-small
# shell: bash
cd /tmp; awk 'BEGIN{x=7; for(i=0;i<20000;i++){x=(x*1103515245+12345)%2147483648; print x%10000, x}}' >f; sort f | md5sum; sort -k1,1n -k2,2nr f | md5sum; sort -u -k1,1n f | wc -l; sort -S 100K -T /tmp f | md5sum; sort --parallel=4 -n f | md5sum; sort -R f | sort | md5sum; split -n l/3 f p.; for i in p.*; do sort -o $i $i; done; sort -m p.* | md5sum; sort -c f; echo $?; printf '1G\n2K\n3M\n' | sort -h | paste -s; printf 'a10\na9\n' | sort -V | paste -s; printf '1e2\n50\n' | sort -g | paste -s; printf 'b\0a\0' | sort -z | tr '\0' ' '; uniq -c <(sort -n <(seq 1 3; seq 2 4)) 2>/dev/null | awk '{print $1,$2}'; ls | wc -l
