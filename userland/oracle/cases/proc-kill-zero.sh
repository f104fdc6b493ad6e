# Shows: kill -0 tells whether a process is there, before and after its end.
sleep 30 & p=$!; kill -0 $p; echo $?; kill $p; wait $p 2>/dev/null; kill -0 $p 2>/dev/null; echo $?; sh -c 'exit 0' & p=$!; sleep 0.3; /bin/busybox kill -0 $p 2>/dev/null; echo $?; wait $p
