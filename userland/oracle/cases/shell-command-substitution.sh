# Shows: trailing newlines go, inner ones stay; statuses; nesting; large output.
a=$(printf 'x\n\n\n'); echo "[$a]"
b=$(printf 'l1\nl2\n'); echo "$b"; echo $b
c=$(false); echo $?; c=$(exit 4) ; echo $?
echo $(echo $(echo $(echo deep)))
echo `echo \`echo back\``
big=$(seq 1 20000); echo ${#big}
d=$(cat </dev/null); echo "[$d]"
echo $(</etc/group) | wc -l
local_status() { local x=$(false); echo $?; }; local_status
