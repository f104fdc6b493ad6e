# Shows: let, and counting with it.
let x=3+4; echo $x; let x++ x*=2; echo $x; let 'x=0'; echo $?; let 'x=1'; echo $?
