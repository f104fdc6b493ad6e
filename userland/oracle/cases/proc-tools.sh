# Shows: what tools read of processes: ps, pgrep, pkill, killall, and stat and status.
# stderr: any
cd /tmp; n=98; sleep ${n}7 & a=$!
sleep ${n}6 & b=$!
sleep 0.3
tr '\0' '|' </proc/self/cmdline; echo; sed -n '/^State\|^Uid/p' /proc/$b/status
[ "$(sed -n 's/^PPid:.//p' /proc/$a/status)" = $$ ]; echo $?
cut -d' ' -f3 /proc/$a/stat; [ "$(cut -d' ' -f1 /proc/$a/stat)" = $a ]; echo $?; wc -w </proc/$a/stat; wc -w </proc/$a/statm
[ "$(pgrep -f "sleep $n")" = "$a
$b" ]; echo $?; ps -o pid,args | grep -c "[s]leep $n"
pkill -f "sleep ${n}7"; wait $a; echo $?; kill -STOP $b; sed -n /^State/p /proc/$b/status; pkill -9 -f "sleep ${n}6"; wait $b; echo $?; ls -d /proc/$b; pidof nosuch; echo $?
wc -w </proc/uptime; wc -w </proc/loadavg; head -c 4 /proc/stat; echo; grep -c '^MemTotal\|^MemFree' /proc/meminfo; cat /proc/sys/kernel/ostype
echo x >/proc/uptime; echo $?; true >/proc/nothing; echo $?; mkdir /proc/d; echo $?; rm -f /proc/uptime; echo $?; rmdir /proc/sys; echo $?; grep ' /proc ' /proc/mounts | cut -d' ' -f2,3
