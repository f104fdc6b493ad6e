# Shows: nc, telnet and wget between two nodes, both ways, and what ends them.
# stderr: any
# nodes: 2
try() { until "$@" 2>/dev/null; do :; done; }
echo 'node 1 listens, node 0 sends'
onnode 1 nc -l -p 7001 >/tmp/got </dev/null &
echo 'hello, node 1' >/tmp/said
try onnode 0 sh -c 'nc 127.0.0.1 7001 </tmp/said'
wait $!
cat /tmp/got
echo 'node 0 listens, node 1 asks'
echo 'an answer' | onnode 0 nc -l -p 7002 >/tmp/question &
try onnode 1 sh -c 'echo "a question" | nc localhost 7002 >/tmp/answer'
wait $!
cat /tmp/question /tmp/answer
echo 'a program for each connection'
printf '#!/bin/sh\nread a\necho "you said $a"\n' >/tmp/each
chmod +x /tmp/each
onnode 1 nc -ll -p 7003 -e /tmp/each &
try onnode 0 sh -c 'echo one | nc 127.0.0.1 7003 | grep said'
echo two | onnode 1 nc 127.0.0.1 7003
kill $!
wait $!
echo 'nobody there'
onnode 1 nc 127.0.0.1 7004 </dev/null
echo $?
echo 'telnet'
printf '#!/bin/sh\necho from afar\n' >/tmp/afar
chmod +x /tmp/afar
onnode 0 nc -ll -p 7005 -e /tmp/afar &
try onnode 0 nc 127.0.0.1 7005 </dev/null >/dev/null
mkfifo /tmp/keys
exec 9<>/tmp/keys
onnode 1 telnet 127.0.0.1 7005 <&9 2>&1 | grep afar
kill $!
wait $!
echo 'a server on node 0'
mkdir -p /srv
seq 1 30000 >/srv/numbers
onnode 0 httpd -f -p 8081 -h /srv &
try onnode 1 wget -q -O /tmp/numbers http://127.0.0.1:8081/numbers
md5sum </tmp/numbers
onnode 1 wget -q -O- http://[::1]:8081/numbers | cmp - /srv/numbers && echo same
kill $!
wait $!
echo $?
