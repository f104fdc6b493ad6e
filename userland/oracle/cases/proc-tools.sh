# Shows: what tools read of processes: ps, cmdline, stat and status, and what cannot be changed.
# stderr: any
cd /tmp; sleep 987 & a=$!
sleep 986 & b=$!
until grep -q 986 /proc/$b/cmdline && grep -q 987 /proc/$a/cmdline; do sleep 0.1; done
cat /proc/self/cmdline | tr '\0' '|'; echo; sed -n '/^State\|^Uid/p' /proc/$b/status
[ "$(sed -n 's/^PPid:.//p' /proc/$a/status)" = $$ ]; echo $?
cut -d' ' -f3 /proc/$a/stat; [ "$(cut -d' ' -f1 /proc/$a/stat)" = $a ]; echo $?; wc -w </proc/$a/stat; wc -w </proc/$a/statm
ps -o args | grep -c "[s]leep 98[67]$"; ps -o pid | grep -c "^ *$a$"
kill $a; wait $a; echo $?; kill -STOP $b; until grep -q "^State.*T" /proc/$b/status; do sleep 0.1; done; sed -n /^State/p /proc/$b/status; kill -9 $b; wait $b; echo $?; ls -d /proc/$b; echo $?; pidof nosuch; echo $?
wc -w </proc/uptime; wc -w </proc/loadavg; head -c 4 /proc/stat; echo; grep -c '^MemTotal\|^MemFree' /proc/meminfo; cat /proc/sys/kernel/ostype
echo x >/proc/uptime; echo $?; true >/proc/nothing; echo $?; mkdir /proc/d; echo $?; rm -f /proc/uptime; echo $?; rmdir /proc/sys; echo $?; grep ' /proc ' /proc/mounts | cut -d' ' -f2,3
