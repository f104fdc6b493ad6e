# Shows: a FIFO between processes: both ends wait, end of file, several writers, as a file type.
cd /tmp; mkfifo p; ls -l p | cut -c1; cat p & echo one >p; wait; (sleep 0.2; echo late >p) & cat p; wait
(exec 3>p; echo a >&3; sh -c 'echo b >&3'; echo c >&3) & cat p; wait; mkfifo p; echo $?
{ read x; echo "got $x"; read y; echo "got $y"; } <p & { echo 1; echo 2; } >p; wait; seq 1 30000 >p & md5sum <p; rm p; ls
