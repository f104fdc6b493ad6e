# Shows: a line of 200,000 characters, a pipeline of many words, a function of many lines.
w=$(head -c 200000 /dev/zero | tr '\0' x); echo ${#w}; eval "y=$w"; echo ${#y}; { echo 'f() {'; i=0; while [ $i -lt 2000 ]; do echo "a$i=$i"; i=$((i+1)); done; echo 'echo $a1999; }'; echo f; } >/tmp/s; sh /tmp/s; { printf 'echo'; seq -s' ' 1 5000 | sed 's/^/ /'; } | sh | wc -w
