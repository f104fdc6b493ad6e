# Shows: a FIFO opened for reading and writing does not wait.
cd /tmp; mkfifo p; exec 3<>p; echo hello >&3; read x <&3; echo $x; echo a >&3; echo b >&3; read x <&3; read y <&3; echo $y $x; exec 3>&-
