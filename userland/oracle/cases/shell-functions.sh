# Shows: definitions, arguments, return, recursion, local and redirections of a function.
f() { echo "f $# $1"; return 3; }
f a b; echo $?
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(($1-1))) )); fi; }
fact 10
v=outer; g() { local v=inner w; echo $v "[${w-unset}]"; h; }; h() { echo "h sees $v"; v=changed; }; g; echo $v
out() { echo to-out; echo to-err >&2; } 2>/dev/null
out
r() { return; }; false; r; echo $?
f2() { f3() { echo defined inside; }; }; f2; f3
unset -f f3; f3; echo $?
deep() { [ $1 = 0 ] || deep $(($1-1)); }; deep 200; echo deep $?
