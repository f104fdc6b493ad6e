# Shows: a folder is renamed while files in it are open and a process stands in it.
mkdir -p /tmp/a/b; cd /tmp/a/b; echo text >f; exec 3<f 4>>f; mv /tmp/a /tmp/z; cat <&3; echo more >&4; cat f; /bin/busybox pwd; ls /tmp; cd ..; /bin/busybox pwd; echo new >b/g; ls /tmp/z/b
