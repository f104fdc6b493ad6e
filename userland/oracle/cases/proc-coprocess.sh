# Shows: two FIFOs make a conversation between two processes.
cd /tmp; mkfifo a b; (while read x; do [ $x = end ] && break; echo $((x*x)); done) <a >b & exec 3>a 4<b; for i in 1 2 3 12; do echo $i >&3; read y <&4; echo $i $y; done; echo end >&3; wait; echo $?
