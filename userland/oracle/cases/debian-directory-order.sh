# Shows: a directory lists its newest name first, also after rename, replacement and removal.
# image: debian-small
# shell: bash
cd /tmp; mkdir d; cd d; touch c a b; mkdir z y; touch m; rm a; touch n; ls -U; echo --; mv m k; ls -U; echo --; ln n a; mv c b; ls -U; echo --; rmdir z; touch z2; ls -f
