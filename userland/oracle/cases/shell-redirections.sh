# Shows: > >> < 2> 2>&1 >&2 &>, order of redirections, files opened once.
cd /tmp
echo a >f; echo b >>f; cat <f
ls /nonexistent 2>err; echo $?; cat err
{ echo out; echo err >&2; } >both 2>&1; cat both
{ echo out; echo err >&2; } 2>&1 >only | sed 's/^/piped /'; cat only
echo x >/nonexistent/f; echo $?
cat <missing; echo $?
: >empty; wc -c <empty
>f2 echo before; cat f2
echo one two >f3 three; cat f3
exec 3>f4; echo l1 >&3; echo l2 >&3; exec 3>&-; cat f4
echo x >&3; echo $?
