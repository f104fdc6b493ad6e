# Shows: unset of a local, of a function, of an exported name, shadowing through calls.
x=global; f() { local x=local; g; unset x; echo "f ${x-unset}"; }; g() { echo "g $x"; x=fromg; }; f; echo $x; export E=1; unset E; sh -c 'echo ${E-none}'; h() { echo h; }; h; unset -f h; h 2>/dev/null; echo $?; h=1; unset -v h; echo ${h-gone}
