# Shows: mv as rename, over files, into folders, of folders, and what it refuses.
cd /tmp; echo 1 >a; echo 2 >b; mv a b; cat b; ls; mkdir d e; mv b d; ls d
mv d e; ls e; mv e/d/b e/d/c; ls e/d; mv nothere x; echo $?
mkdir x; mv x x/y; echo $?; mkdir full empty; : >full/f; mv -T empty full; echo $?; mv -T full empty; echo $?; ls empty
: >f; mv -T f empty; echo $?; mv -T empty f; echo $?
echo old >o; echo new >n; mv -n n o; cat o; ln o p; mv o p; ls o p; echo $?
