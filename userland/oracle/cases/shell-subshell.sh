# Shows: what a subshell changes stays in it; its exit status; nested ones.
x=1; (x=2; cd /tmp; echo $x; pwd); echo $x; pwd
(exit 5); echo $?
( ( (exit 7) ; exit $(($?+1)) ) ); echo $?
{ y=3; }; echo $y
(trap 'echo bye' EXIT; echo in); echo out
z=$(x=9; echo $x); echo $z $x
(set -e; false; echo not reached); echo $?
