# Shows: a program sees what its standard input is: file, pipe, /dev/null, closed.
kind() { if [ -p /dev/stdin ]; then echo pipe; elif [ -f /dev/stdin ]; then echo file; elif [ -c /dev/stdin ]; then echo device; else echo other; fi; }; kind </etc/passwd; echo | kind; kind </dev/null; test -t 0; echo $?; test -t 1; echo $?; stat -L -c %F /dev/stdin </etc/passwd
