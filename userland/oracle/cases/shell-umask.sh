# Shows: umask's value, symbols, and what it does to new files.
cd /tmp; umask; umask 027; umask; umask -S; touch a; mkdir b; ls -ld a b | cut -c1-10
umask u=rwx,g=rx,o=; umask; umask 0; touch c; mkdir d; ls -ld c d | cut -c1-10; (umask 777; touch e); ls -l e | cut -c1-10; umask
umask 999; echo $?
