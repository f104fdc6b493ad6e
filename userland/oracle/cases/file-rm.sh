# Shows: rm of files, folders, links, with -f, -r, and what it refuses.
cd /tmp; : >a; rm a; ls; rm a; echo $?; rm -f a; echo $?; mkdir d; rm d; echo $?; rmdir d; echo $?
mkdir -p d/e/f; : >d/e/f/g; rmdir d; echo $?; rm -r d; ls; mkdir t; : >t/keep; ln -s t l; rm -r l; ls t
mkdir -p p/q/r; rmdir -p p/q/r; ls; rm -rf nothere t; ls; : >-x; rm -- -x; rm ./nothing; echo $?; ls; rm -r .; echo $?
