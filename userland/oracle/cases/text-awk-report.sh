# Shows: a report with headings, columns, sub-totals and a grand total.
cat >/tmp/sales <<'X'
north apple 10 1.25
south pear 4 0.80
north pear 7 0.85
east apple 12 1.10
south apple 3 1.30
X
sort -k1,1 -k2,2 /tmp/sales | awk 'BEGIN{printf "%-8s %-8s %8s\n","region","fruit","value"} $1!=r{if(r!="")printf "%-17s %8.2f\n","total " r,s; s=0; r=$1} {v=$3*$4; s+=v; g+=v; printf "%-8s %-8s %8.2f\n",$1,$2,v} END{printf "%-17s %8.2f\n%-17s %8.2f\n","total " r,s,"all",g}'
