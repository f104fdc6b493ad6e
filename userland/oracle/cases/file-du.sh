# Shows: du counts apparent trees, links once, with -a -s -d.
mkdir -p /tmp/d/e; cd /tmp/d; head -c 100000 /dev/zero >a; head -c 5000 /dev/zero >e/b; ln a e/c; du -k a e/b; du -a -k a; ln -s a l; du -k -L l
