# Shows: field splitting by IFS: white space and others, empty fields, read with IFS.
show() { for i; do printf '[%s]' "$i"; done; echo; }
v='a:b::c:'; IFS=:; show $v; IFS=': '; v=' a : b : : c '; show $v
IFS=; show $v; unset IFS; show $v
IFS=, read -r a b c <<X
one,two,three,four
X
show "$a" "$b" "$c"
echo 'root:x:0:0' | while IFS=: read -r u p i r; do echo "$u $p $i $r"; done
IFS=' 	
'; set -- $(printf 'x y\tz\nw'); show "$@"
