# Shows: //, trailing slashes, . and .., name too long, path too long, not a folder.
cd /tmp; mkdir -p d/e; echo >f; ls -d d//e///; ls d/./e/../../f; ls f/; echo $?; ls f/x; echo $?; cat d/; echo $?; ls -d /../../tmp/./d; mkdir n/; ls -d n/
long=$(head -c 255 /dev/zero | tr '\0' a); touch $long; ls | grep -c aaaa; touch ${long}a 2>&1 | sed 's/aaa*/a.../'
p=$(head -c 4090 /dev/zero | tr '\0' /)tmp; ls -d $p | wc -c; p=$(head -c 4095 /dev/zero | tr '\0' /)tmp; ls -d $p 2>&1 | sed 's,//*,/,g'
rm d/e/.; echo $?; rmdir d/e/.; echo $?; rmdir d/..; echo $?; rmdir /; echo $?; mkdir /; echo $?; ls ''; echo $?
