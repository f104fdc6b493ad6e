# Shows: a tree two hundred deep is made, walked and removed.
cd /tmp; p=t; i=0; while [ $i -lt 200 ]; do p=$p/d; i=$((i+1)); done; mkdir -p $p; echo x >$p/f; find t -type f | wc -c; cd $p; pwd | wc -c; cat f; cd /tmp; rm -rf t; ls
