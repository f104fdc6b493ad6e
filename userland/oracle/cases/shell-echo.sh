# Shows: echo's options and escapes.
echo; echo one two; echo -n no newline; echo; echo -e 'a\tb\\c\0101\x41'; echo -- -n; echo -E 'a\tb'; echo 'c\cd' -e
echo -e 'cut\chere'; echo
