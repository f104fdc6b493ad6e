# Shows: head leaves the rest of a file for the next reader of the same descriptor or not, by its reads.
cd /tmp; seq 1 10 >f; { sed -n 1q; dd bs=1 count=0 2>/dev/null; } <f; { read a; read b; echo $a $b; tail -n 1; } <f; { dd bs=2 count=3 2>/dev/null; cat | tail -n 2; } <f
