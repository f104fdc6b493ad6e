# Shows: a file of two megabytes built by appends of many sizes.
cd /tmp; for i in 1 2 3 4 5 6 7 8; do seq 1 40000 >>f; done; wc f; md5sum f; tail -n 1 f; sed -n 150000p f; head -c 2000000 f | tail -c 20
