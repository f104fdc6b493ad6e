# Shows: nl, rev, tac, and cat's options for numbers and ends.
printf 'a\n\nb\n' >/tmp/f; cd /tmp; nl f; nl -b a f; nl -s: -w 2 f; printf 'abc\nxyz' | rev; tac f; seq 1 5 | tac | tr '\n' ' '; echo; cat -n f; cat -b f; cat -A f 2>/dev/null; printf 'a\tb\001\n' | cat -v; printf 'a\n' | cat -e; printf 'a\tb\n' | cat -t; cat f - f <<X
middle
X
cat nothere f; echo $?
