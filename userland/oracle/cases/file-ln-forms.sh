# Shows: ln with several targets, into folders, forced, backups of names, relative ones that dangle.
cd /tmp; echo a >a; echo b >b; mkdir d; ln a b d; ls d; ln a b nodir; echo $?; ln -s a b d; echo $?; ln -sf a b d; readlink d/a; cat d/a; echo $?; ln -s nowhere n; ln n n2; readlink n2; ln -f a n; cat n; ln -s d dl; ln -s x dl; readlink d/x; ln -snf x dl; readlink dl; ln a; echo $?; ls
