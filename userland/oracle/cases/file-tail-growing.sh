# Shows: a reader at the end of a file sees what is appended later.
cd /tmp; echo one >f; exec 3<f; read a <&3; read b <&3; echo "$? [$b]"; echo two >>f; read b <&3; echo "$? [$b]"; : >f; read c <&3; echo "$? [$c]"; echo three-and-longer >>f; read c <&3; echo "$? [$c]"
