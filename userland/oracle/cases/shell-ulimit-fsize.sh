# Shows: a file size limit ends the writer with SIGXFSZ.
cd /tmp; (ulimit -f 2; sh -c 'dd if=/dev/zero of=f bs=512 count=10' 2>/dev/null; echo $?); ls -l f | awk '{print $5}'
