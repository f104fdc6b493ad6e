# Shows: umask in octal and symbols, and what files get by it.
mkdir /tmp/d
cd /tmp/d
umask 0
touch a
mkdir b
stat -c %a a b
umask 777
touch c
mkdir d
stat -c %a c d
umask 022
(umask 077; touch e)
touch f
stat -c %a e f
umask -S
umask g-w,o=
umask
umask a=rx
umask
umask u+w
umask
