# Shows: here-documents: expanded, quoted, with tabs stripped, several at once, in a loop.
v=value
cat <<A
plain $v $(echo sub) \$v `echo back` $((1+1))
	tab stays
A
cat <<'B'
quoted $v $(echo sub) \$v
B
cat <<-C
	stripped
		twice $v
	C
cat <<D1; cat <<D2
first
D1
second
D2
while read -r l; do echo "<$l>"; done <<E
one
  two
E
f() { cat; }; f <<F
to a function
F
cat <<G | tr a-z A-Z
piped
G
cat /dev/fd/3 3<<H
three
H
