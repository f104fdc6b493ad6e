# Shows: rename over files, folders, links, itself, and into its own child.
cd /tmp; r() { mv -T "$1" "$2" 2>&1; echo $?; }; echo 1 >f; mkdir d e; mkdir d/sub; ln -s f l; r f d; r d f; r d e; ls e; r e e/sub/x; r l l2; readlink l2; echo 2 >g; ln g h; r g h; ls g h 2>/dev/null; mkdir full; echo >full/x; mkdir n; r n full; r nothere x; r f nodir/x; r f f2/; ls -F
