# Shows: cd with .., links, -, CDPATH, -P and -L, and a folder that has gone.
mkdir -p /tmp/a/b/c; ln -s a/b /tmp/l; cd /tmp/l; pwd; pwd -P; cd ..; pwd; cd -; cd -P ..; pwd
cd /nonexistent; echo $?; cd /etc/passwd; echo $?; CDPATH=/tmp/a; cd b; pwd
cd /tmp/a/b/c; rmdir /tmp/a/b/c; pwd; ls; cd ..; pwd; echo $OLDPWD
