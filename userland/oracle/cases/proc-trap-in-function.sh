# Shows: a trap set in a function stays; return inside a trap; exit inside a trap; $? kept around a trap.
f() { trap 'echo from f' USR1; }; f; kill -USR1 $$; trap 'false' USR2; (exit 5); kill -USR2 $$; true; echo $?; g() { trap 'return 3' TERM; kill -TERM $$; echo not; }; g; echo $?; trap 'exit 9' HUP; kill -HUP $$; echo no
