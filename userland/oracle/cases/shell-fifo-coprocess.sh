# Shows: a shell talks with a background loop over two FIFOs until it closes its end.
mkdir /tmp/d; cd /tmp/d
mkfifo in out; (while read l; do echo "echo:$l"; done < in > out) & exec 3>in 4<out; echo one >&3; read r <&4; echo $r; echo two >&3; read r <&4; echo $r; exec 3>&-; wait; read r <&4; echo $? "[$r]"
