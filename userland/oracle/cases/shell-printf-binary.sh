# Shows: all octal and hex escapes make the right bytes.
for i in 000 001 011 012 033 077 100 177 200 300 377; do printf "\\$i"; done | od -An -tx1; printf '\x00\x7f\x80\xff' | od -An -tx1; echo -e '\0101\060\n\x41' | od -An -c; printf '%b' '\0101\x42' | od -An -c; printf '\a\b\f\v\r\t\\' | od -An -c
