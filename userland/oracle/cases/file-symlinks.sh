# Shows: symbolic links: relative, absolute, dangling, loops, chains, of folders, readlink -f.
cd /tmp; mkdir -p d/e; echo data >d/e/f; ln -s d/e/f a; ln -s /tmp/d b; ln -s nowhere c; cat a b/e/f; cat c; echo $?
for i in a b c; do readlink $i; done; readlink -f b/e/f; readlink -f a; readlink d; echo $?; echo through >c; cat nowhere; ls -l c | cut -c1
ln -s loop2 loop1; ln -s loop1 loop2; cat loop1; echo $?; ls -l loop1 | cut -c1; echo x >loop1; echo $?
ln -s d/e dl; ls dl; ls -ld dl | cut -c1; cd dl/..; pwd; pwd -P; cd /tmp; rm dl; ls d
ln -s self self; cd self; echo $?; ln -sf d/e/f a2; ln -sf other a2; readlink a2; ln -s x a2; echo $?; ln -sfn d a2; readlink a2; realpath a b/../b/e
