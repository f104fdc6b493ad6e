# Shows: awk programs from a file, commands as input and output, and their statuses.
mkdir /tmp/d; cd /tmp/d
cat > prog.awk <<'X'
BEGIN { FS=","; OFS="|" }
NR==1 { for (i=1;i<=NF;i++) h[i]=$i; next }
{ for (i=1;i<=NF;i++) sum[h[i]]+=$i; cnt++ }
END { for (i=1;i<=NF;i++) printf "%s=%.2f%s", h[i], sum[h[i]]/cnt, (i<NF?OFS:ORS) }
X
{ echo a,b,c; for i in 1 2 3 4; do echo $i,$((i*2)),$((i*i)); done; } | awk -f prog.awk; awk 'BEGIN { while (("ls -1 /etc/passwd" | getline x) > 0) print "got " x; printf "a\nb\n" | "sort -r"; close("sort -r"); print "done" | "cat 1>&2" }'; awk 'BEGIN{ "exit 3" | getline; r=close("exit 3"); print r; r=system("exit 5"); print r; r=system("kill -9 $$"); print r }'; awk 'function r(n){ return n? n+r(n-1):0 } BEGIN{print r(500)}'; awk 'BEGIN{for(i=0;i<5000;i++)s=s "x"; print length(s)}'; seq 5000 | awk '{a[$1%100]+=$1} END{n=0; for(k in a)n+=a[k]; print n}'; awk 'BEGIN{printf "%d %d %d\n", "0x1f", 1e18, -1e18; printf "%5s|%-5s|%.2s|%c\n","ab","cd","xyz","hello"; print substr("hello",0,2) substr("hello",4,100); print length(12345); print index("abc","c"); print 1e-5, 123456789, 1234567890123, 0.1234567891; OFMT="%.2f"; print 3.14159; CONVFMT="%.1f"; a=3.14159; b=a ""; print b}'
