# Shows: the limit of the file size: growing beyond it is SIGXFSZ, shrinking is not.
cd /tmp || exit
head -c 9000 /dev/zero > file
(ulimit -f 8; truncate -s 8500 file; echo "shrunk $?")
(ulimit -f 8; truncate -s 9000 file; echo "grown $?") 2> /dev/null
(ulimit -f 8; trap '' XFSZ; truncate -s 9000 file; echo "ignored $?")
(ulimit -f 8; head -c 9000 /dev/zero > other; echo "written $?") 2> /dev/null
stat -c '%n %s' file other
