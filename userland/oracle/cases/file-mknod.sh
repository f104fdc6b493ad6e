# Shows: mknod makes FIFOs; a device is refused or not usable here.
cd /tmp; mknod p p; ls -l p | cut -c1; test -p p; echo $?
