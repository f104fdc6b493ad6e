# Shows: what works in a folder that has been removed.
mkdir /tmp/d; cd /tmp/d; rmdir /tmp/d; : >f; echo $?; ls; /bin/busybox pwd; echo $?; mkdir x; echo $?; cd ..; pwd; ls
