# Shows: awk over twenty thousand lines: sums, products in doubles, string building.
seq 1 20000 | awk '{s+=$1; if($1%7==0) n++; l=l substr($1,1,1)} END{print s, n, length(l)}'; awk 'BEGIN{for(i=1;i<=5000;i++) x=x i; print length(x); y=1; for(i=1;i<=20;i++) y*=i; print y; printf "%.15g %.17g\n", 1/3, 0.1}'; seq 1 2000 | awk '{printf "%s%s", $1, NR%10?" ":"\n"}' | md5sum
