# Shows: another user's process shows its name, not what it has open.
# stderr: any
cd /tmp; chmod 777 .; sleep 60 & pid=$!
su -s /bin/sh nobody -c "cat /proc/$pid/comm >/dev/null && echo may; readlink /proc/$pid/exe; echo \$?; ls /proc/$pid/fd; echo \$?; cat /proc/$pid/cwd/x; readlink /proc/self/cwd; ls /proc/self/fd >/dev/null; echo \$?"
echo secret >s; chmod 600 s; exec 3<s
su -s /bin/sh nobody -c 'read x <&3; echo "$x"; cat /dev/fd/3; echo $?'
echo data | su -s /bin/sh nobody -c 'cat /dev/stdin; echo $?; cat; echo own | cat /dev/stdin'
kill $pid; wait $pid; echo $?
