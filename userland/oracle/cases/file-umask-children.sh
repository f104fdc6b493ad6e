# Shows: the umask applies to files made by every kind of maker.
cd /tmp; umask 037; echo >a; mkdir b; touch c; cp a d; tee e </dev/null; mkfifo f; ln -s a g; (umask 0; echo >h); sort a -o i; dd if=/dev/null of=j 2>/dev/null; stat -c '%a %n' a b c d e f g h i j
