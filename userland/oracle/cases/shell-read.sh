# Shows: read with several names, -r, -n, -d, -t, -p, end of file, and continuation lines.
printf 'a b c d\n' | { read x y; echo "[$x][$y]"; }
printf 'a\\tb\\\nc\n' | { read x; echo "[$x]"; }
printf 'a\\tb\n' | { read -r x; echo "[$x]"; }
printf 'no newline' | { read x; echo "$? [$x]"; }
printf '' | { read x; echo "$? [$x]"; }
printf 'abcdef' | { read -n 3 x; echo "[$x]"; read y; echo "[$y]"; }
printf 'one:two:' | { read -d : x; echo "[$x]"; read -d : y; echo "[$y]"; }
printf '  lead and trail  \n' | { read x; echo "[$x]"; }
printf '  keep  \n' | { IFS= read -r x; echo "[$x]"; }
sleep 1 | { read -t 0.1 x; echo "timed out $(( $? > 0 ))"; }
printf 'l1\nl2\nl3\n' | { read a; cat; }
