# Shows: two thousand appends through open and close.
cd /tmp; i=0; while [ $i -lt 2000 ]; do echo line $i >>f; i=$((i+1)); done; wc f; md5sum <f
