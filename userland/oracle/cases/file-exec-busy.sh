# Shows: the file of a program that runs can be replaced; a script that runs can go.
cd /tmp; cp /bin/busybox sleep; ./sleep 5 & sleep 0.3; cp /bin/busybox new; mv new sleep; echo $?; ./sleep 0; echo $?; rm sleep; kill $!; wait $! 2>/dev/null; echo $?; echo 'rm s; echo still running' >s; sh s; ls
