# Shows: a renamed or replaced file stays the one that was opened.
cd /tmp; echo one >a; echo two >b; exec 3<a; mv b a; cat <&3; cat a; exec 3<&-
exec 4>>a; mv a c; echo three >&4; cat c; exec 4>&-; mkdir d; cd d; mv ../d ../e; : >x; ls ../e; cd ..; ls e
