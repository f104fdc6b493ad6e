# Shows: three hundred programs by fork and exec, one after the other.
i=0; while [ $i -lt 300 ]; do /bin/busybox true && i=$((i+1)); done; echo $i
