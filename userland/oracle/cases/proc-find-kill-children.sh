# Shows: killall ends processes by name; pidof finds them.
cp /bin/busybox /tmp/mysleep 2>/dev/null; ln -s /bin/busybox /tmp/sleep; /tmp/sleep 60 & p=$!; sleep 0.2; kill $p; wait $p 2>/dev/null; echo $?; killall nosuchprogram; echo $?; pidof nosuchprogram; echo $?
