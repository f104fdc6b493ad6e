# Shows: the offset is shared by parent and child; appending goes to the end always.
cd /tmp; { echo a; sh -c 'echo b'; (echo c); } >f; cat f; exec 3>>f 4>>f; echo 3 >&3; echo 4 >&4; echo 3b >&3; cat f; exec 5<f; head -c 2 <&5 >/dev/null; dd bs=1 count=2 <&5 2>/dev/null; sh -c 'dd bs=1 count=2 <&5 2>/dev/null'; cat <&5
