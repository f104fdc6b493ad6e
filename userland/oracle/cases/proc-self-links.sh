# Shows: /proc/self leads to who asks: exe, cwd, root, fd, and paths through them.
cd /tmp; mkdir -p d/e; echo text >d/f; cd d
readlink /proc/self/exe; readlink /proc/$$/cwd; readlink /proc/$$/root
cat /proc/self/cwd/f; cat /proc/self/root/tmp/d/f; ls /proc/self/cwd/
cd /proc/self/cwd/e && pwd -P; cd /tmp/d
exec 5<f; readlink /proc/$$/fd/5; read x </proc/self/fd/5; echo "$x"; readlink /proc/self/fd/9; echo $?
mv f g; readlink /proc/$$/fd/5; mkdir sub; mv g sub/h; readlink /proc/$$/fd/5
ln sub/h twin; exec 6<twin; readlink /proc/$$/fd/6
stat -c '%F %a' /proc/self /proc/self/exe /proc/self/fd /proc/self/fd/5 /proc/self/cmdline
stat -L -c '%F %s' /proc/self/fd/5; stat -L -c %F /proc/self/cwd
[ -L /proc/self/exe ]; echo $?; [ -e /proc/self/fd/5 ]; echo $?; [ -e /proc/self/fd/77 ]; echo $?
cat /proc/999999/comm; cat /proc/nothing; ls /proc/self/fd/5/; echo $?
ls /proc/self/../self/cwd/..; ls -d /proc/self/.; cd /proc/self/fd && ls -d ../cwd/0
