# Shows: parent and child on different nodes share one file offset.
# nodes: 2
cd /tmp; seq 1 6 >f; exec 3<f; read a <&3; onnode 1 sh -c 'read b <&3; echo child $b'; read c <&3; echo parent $a $c; onnode 1 sh -c 'read d <&3; onnode 0 sh -c "read e <&3; echo grandchild \$e"; echo child $d'; read g <&3; echo parent $g; exec 3>out; echo one >&3; onnode 1 sh -c 'echo two >&3'; echo three >&3; onnode 1 sh -c 'echo four >&3'; cat out
