# Shows: argv[0] chooses the program of busybox; a link with another name is unknown.
cd /tmp; ln -s /bin/busybox echo; ./echo by link; ln -s /bin/busybox nosuchapplet; ./nosuchapplet; echo $?; cp /bin/busybox true; ./true; echo $?; ln -s /bin/busybox sh2; ./busybox 2>/dev/null; echo $?
