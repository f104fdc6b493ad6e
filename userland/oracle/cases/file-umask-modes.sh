# Shows: modes of new files, folders and FIFOs by umask; mkdir -m and -p.
cd /tmp; umask 026; : >f; mkdir d; mkfifo p; mkdir -m 1777 m; mkdir -p q/r; stat -c '%a %n' f d p m q q/r; mkdir d; echo $?; mkdir -p d; echo $?; mkdir no/where; echo $?; mkdir -p f/x; echo $?
