# Shows: chmod with numbers, symbols, X, recursion, links, and ls's letters for them.
cd /tmp; : >f; mkdir d; for m in 644 755 600 000 777 4755 2755 1777 4644 2644 1666; do chmod $m f; ls -l f | cut -c1-10; stat -c %a f; done
for m in u+x g-w o=r a+X u=rw,go= +t u+s,g+s a-x u=g -r; do chmod $m f; stat -c "$m %a" f; done; chmod 755 d; mkdir d/s; : >d/f; chmod -R go-rwx,a+X d; stat -c '%a %n' d d/s d/f
ln -s f l; chmod 640 l; stat -c %a f; chmod 8 f; echo $?; chmod 600 nothere; echo $?; umask 77; chmod +x f; stat -c %a f
