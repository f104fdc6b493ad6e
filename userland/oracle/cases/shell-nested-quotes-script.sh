# Shows: a script written, made executable and run through its #! line with arguments.
cd /tmp
cat >s <<'X'
#!/bin/sh -e
echo "$0 $# $*"
false
echo not reached
X
chmod +x s; ./s a 'b c'; echo $?
cat >cat1 <<'X'
#!/bin/cat
this file prints itself
X
chmod +x cat1; ./cat1
printf '#!/bin/sh\necho inner $0 $1\n' >i; chmod +x i; printf '#!/tmp/i\n' >j; chmod +x j; ./j x; echo $?
