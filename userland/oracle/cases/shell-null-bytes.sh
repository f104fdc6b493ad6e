# Shows: what the shell does with NUL bytes in substitution, read and here-documents.
x=$(printf 'a\0b'); echo "$x" ${#x}; printf 'a\0b\n' | { read y; echo "$y" ${#y}; }; printf 'a\0b' | od -An -c
