# Shows: a program file that runs cannot be written, but can be replaced; a running script can go.
cd /tmp; cp /bin/busybox sleep; ./sleep 2 & sleep 0.3; sh -c 'echo x >>sleep'; echo $?; cp /bin/busybox new; mv new sleep; echo $?; kill $!; wait $! 2>/dev/null; echo 'rm s; echo still running' >s; sh s; ls s
