# Shows: lines of a megabyte pass through sed, grep, awk, cut, sort, wc.
cd /tmp; head -c 1000000 /dev/zero | tr '\0' a >f; echo b >>f; wc f; sed 's/a$/z/;s/b$/e/' f | tail -c 5; grep -c b f; awk '{print length($0)}' f; cut -c999999- f; sort f | md5sum; rev f | head -c 3; echo; fold -w 1000 f | wc -l; x=$(cat f); echo ${#x}
