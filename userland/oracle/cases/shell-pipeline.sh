# Shows: pipelines, their status, pipefail, negation, and variables set at their end.
echo a | cat | cat; false | true; echo $?; true | false; echo $?
! true | false; echo $?
set -o pipefail; false | true; echo $?; (exit 3) | (exit 5) | true; echo $?; true | true; echo $?
set +o pipefail; x=1; echo 2 | read x; echo $x
seq 1 3 | while read n; do echo "n=$n"; x=$n; done; echo $x
{ echo a; echo b; } | { read p; read q; echo $q $p; }
printf 'b\na\nc\n' | sort | (head -n 1; cat)
