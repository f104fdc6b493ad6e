# Shows: eval builds commands; its status; quoting survives.
x='echo "a  b"'; $x; eval "$x"
n=v; eval "$n=5"; echo $v; eval "echo \$$n"
eval 'false'; echo $?; eval; echo $?
eval 'for i in 1 2; do' 'echo $i;' done
eval 'if'; echo not reached
