# Shows: 127 for what is not there, 126 for what may not run, and their messages.
cd /tmp
nosuchcommand; echo $?
/nonexistent/cmd; echo $?
: >plain; ./plain; echo $?
mkdir d; ./d; echo $?
printf 'echo script %s\n' '$1' >s; chmod +x s; ./s arg; echo $?
printf '#!/nonexistent/interp\n' >bad; chmod +x bad; ./bad; echo $?
/etc/passwd/x; echo $?
sh -c 'exec nosuch; echo not reached'; echo $?
command nosuch2; echo $?
