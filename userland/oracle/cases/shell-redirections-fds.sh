# Shows: duplicated, moved and closed descriptors share one offset.
cd /tmp
seq 1 5 >f; exec 4<f; read a <&4; read b <&4; echo $a $b; exec 5<&4; read c <&5; echo $c; exec 4<&-; read d <&5; echo $d; exec 5<&-
exec 3>&1; echo to3 >&3; (echo sub >&3); exec 3>&-
echo x 3>&1 >/dev/null >&3
exec 6<>rw; echo hello >&6; exec 6<&-; cat rw
exec 7>a7; echo 1 >&7; echo 2 >>a7; echo 3 >&7; exec 7>&-; cat a7
read x <&-; echo "closed $?"
echo hi >&-; echo "closed $?"
cat 8</etc/group <&8 | head -n 1 | cut -d: -f1
