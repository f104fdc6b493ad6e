# Shows: what a descriptor, a program and a directory lead to when their names are gone.
cd /tmp; echo one >f; exec 4<f 5>>f; rm f; echo two >&5
readlink /proc/$$/fd/4; cat /proc/$$/fd/4; cat <&4; cat /proc/$$/fd/4 | wc -l
echo new >/proc/$$/fd/5; cat /proc/$$/fd/4
mkdir gone; cd gone; rmdir ../gone; readlink /proc/$$/cwd; ls /proc/$$/cwd/ | wc -l; cd /tmp
echo other >f; readlink /proc/$$/fd/4; exec 6<f; mv f f2; readlink /proc/$$/fd/6
mkdir -p a/b; exec 7>a/b/x; mv a c; readlink /proc/$$/fd/7; rm c/b/x; readlink /proc/$$/fd/7
