# Shows: here-documents in functions, loops and each other, with all kinds of delimiters.
cat <<E1; cat <<E2
one
E1
two
E2
cat <<'A' <<'B'
first
A
second
B
f() { cat <<E
in f $1
E
}; f x; f y; while read l; do cat <<E
got $l
E
done <<L
1
2
L
cat <<E
$(cat <<I
inner
I
)
E
cat << "E  F"
quoted delimiter
E  F
