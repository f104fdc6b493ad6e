# Shows: what devices take and give, and how they refuse.
# stderr: any
cd /dev
for d in null zero full random urandom; do
  echo x > $d && echo $d takes it || echo $d is full
  echo x >> $d && echo $d takes it || echo $d is full
done
for d in null zero full; do head -c 5 $d | od -An -tx1; done
for d in random urandom; do head -c 5 $d | wc -c; done
dd if=/dev/zero of=/dev/null bs=1k count=3 skip=2 2>&1 | head -n 2
dd if=/dev/null of=/tmp/x bs=1 seek=3 2> /dev/null; stat -c %s /tmp/x
dd if=/dev/zero of=/dev/full bs=10 count=1 2>&1 | head -n 1
truncate -s 5 null || echo no size
: > null; stat -c %s null
cp null /tmp/copy; stat -c '%s %F' /tmp/copy
ls null/x; (cd null) || echo no directory
(: > /dev/tty) || echo no terminal
