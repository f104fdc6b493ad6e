# Shows: busybox ping of the VOS's own addresses from each node, and of one that cannot be reached.
# nodes: 2
without_times() { sed 's/time=.*//; /^round-trip/d'; }
onnode 1 ping -c 2 localhost | without_times
onnode 0 ping -c 1 -s 1000 127.0.0.2 | without_times
onnode 1 ping6 -c 1 ::1 | without_times
onnode 0 ping -c 1 -q 127.0.0.1 | without_times
ping -c 1 192.0.2.1
echo $?
echo 'nobody:x:65534:65534::/:/bin/sh' >/etc/passwd
su nobody -c 'ping -c 1 127.0.0.1' | without_times
