# Shows: exit in a function, a loop, a substitution, a pipeline, a trap, sourced text.
f() { exit 3; }; (f; echo no); echo $?; (for i in 1 2; do exit $i; done); echo $?; x=$(exit 4); echo $?; exit 5 | cat; echo $?; echo 'exit 6' >/tmp/e; (. /tmp/e; echo no); echo $?; (trap 'exit 7' EXIT; exit 1); echo $?; (eval 'exit 8'); echo $?; ({ exit 9; }; echo no); echo $?; (exit); echo $?
