# Shows: what works in a folder that has been removed.
mkdir /tmp/d; cd /tmp/d; rmdir /tmp/d; echo x >f; echo $?; ls; /bin/busybox readlink -f .; echo $?; mkdir x; echo $?; cd ..; pwd; ls
