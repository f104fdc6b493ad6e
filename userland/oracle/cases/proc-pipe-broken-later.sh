# Shows: a pipeline whose middle ends early ends the front, and the tail sees the end of file.
yes | sed 5q | cat -n | tail -n 1; seq 1 100000 | { head -n 1; } ; yes | { read x; echo $x; }; cat /dev/zero | dd bs=1000 count=5 2>/dev/null | wc -c
