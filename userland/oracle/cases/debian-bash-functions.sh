# Shows: bash's functions: locals, namerefs, recursion, return, FUNCNAME, caller, RETURN and ERR traps.
# image: debian-small
# shell: bash
f() { local -n ref=$1; ref=changed; echo $FUNCNAME; }; v=old; f v; echo $v; fact() { (($1 <= 1)) && echo 1 || echo $(($1 * $(fact $(($1-1))))); }; fact 12; g() { trap 'echo returning' RETURN; echo in g; }; g; trap - RETURN; trap 'echo err $?' ERR; false; (exit 3); trap - ERR; h() { echo ${FUNCNAME[@]}; }; i() { h; }; i; declare -f h; unset -f h; type h 2>/dev/null; echo $?; export -f i; bash -c 'declare -F i'
