# Shows: single, double and backslash quotes, and word splitting of what is not quoted.
a='one   two'; b=$a
echo $a "$a" '$a' \$a "\$a" "a\b" 'a\b'
for w in $a "$b" '' "x"'y'z; do echo "[$w]"; done
set -- $a; echo $#
set -- "$a"; echo $#
echo "`echo "nested \"quotes\""`" "$(echo "nested "quotes"")"
echo $'tab\there\n\x41\101\e[0m' | od -c
