# Shows: here-documents inside functions, loops, substitutions and other here-documents.
f() { cat <<A
in f $1 $(cat <<B
inner $1
B
)
A
}; f x; for i in 1 2; do cat <<-X
	loop $i
	X
done; v=$(cat <<'Q'
$literal `ticks` \back
Q
); echo "$v"; if cat <<Y
in condition
Y
then echo yes; fi; cat <<"E F" | tr a-z A-Z
quoted word $x
E F
sh <<'S'
echo from a nested shell $((6*7))
S
