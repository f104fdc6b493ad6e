# Shows: /proc has a process's environment, as it was at exec, for who may see it; and the tables
# of what there is none of.
env -i F=6 cat /proc/self/environ | tr '\0' '\n'
stat -c '%a %F' /proc/self/environ
su -s /bin/sh bin -c 'cat /proc/2/environ' 2>&1 | sed 's/.*: //'
head -n 1 /proc/swaps; head -n 2 /proc/partitions; cat /proc/sys/vm/overcommit_memory
cat /proc/sys/kernel/random/boot_id | tr 0-9a-f x; cat /proc/sys/kernel/random/uuid | tr 0-9a-f x
[ "$(cat /proc/sys/kernel/random/boot_id)" = "$(cat /proc/sys/kernel/random/boot_id)" ]; echo $?
[ "$(cat /proc/sys/kernel/random/uuid)" = "$(cat /proc/sys/kernel/random/uuid)" ]; echo $?
free | wc -l; free -m | sed -n '2,3s/:.*//p'
