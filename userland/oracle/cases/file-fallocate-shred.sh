# Shows: fallocate gives a length of zeros; shred overwrites and removes.
cd /tmp; fallocate -l 10000 f; echo $?; wc -c <f; tr -d '\0' <f | wc -c; echo secret >s; shred -n 1 s; grep -c secret s; shred -u s; ls
