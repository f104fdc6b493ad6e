# Shows: read -t ends without input, and gives what came in time.
mkfifo /tmp/p; exec 3<>/tmp/p; read -t 0.2 x <&3; [ $? -gt 0 ] && echo none; echo line >&3; read -t 2 x <&3; echo $? $x; printf part >&3; read -t 0.3 x <&3; [ $? -gt 0 ] && echo "[$x]"
