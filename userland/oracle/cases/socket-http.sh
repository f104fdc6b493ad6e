# Shows: a web server on one node, its client on the other, by name and by both loopbacks.
# nodes: 2
mkdir -p /srv
echo 'hello over nodes' >/srv/index.html
seq 1 30000 >/srv/numbers
onnode 1 httpd -f -p 8080 -h /srv &
until onnode 0 nc 127.0.0.1 8080 </dev/null 2>/dev/null; do :; done
onnode 0 wget -q -O- http://127.0.0.1:8080/
onnode 1 wget -q -O- http://localhost:8080/
onnode 0 wget -q -O- http://[::1]:8080/numbers | md5sum
onnode 0 wget -q -O- http://127.0.0.1:8080/none
echo $?
kill $!
wait $! 2>/dev/null
echo $?
