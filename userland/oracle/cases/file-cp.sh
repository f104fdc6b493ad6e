# Shows: cp of files, into folders, recursive, with links, modes and times.
cd /tmp; echo one >a; chmod 640 a; touch -d '2001-02-03 04:05:06' a
cp a b; cat b; cp -p a c; stat -c '%a %Y' c; mkdir d; cp a b d; ls d
ln -s a l; cp l m; cp -d l n; ls -l m n | awk '{print $1, $9, $10, $11}'
mkdir -p t/u; echo deep >t/u/f; ln -s u/f t/s; cp -r t t2; cat t2/u/f; cp -a t t3; readlink t3/s
cp a nodir/x; echo $?; cp d x; echo $?; cp a a; echo $?; cp nothere x; echo $?
cp a b nodir; echo $?; cp -r t2 d; ls -R d
echo two >b; cp -n a b; cat b; cp -u c b; cat b; cp -f a b; cat b; cp -l a hard; stat -c %h a
