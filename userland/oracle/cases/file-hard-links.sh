# Shows: hard links share data, mode and count; not of folders; across renames.
cd /tmp; echo x >a; ln a b; ln a c; stat -c '%h' a; echo y >>b; cat c; chmod 600 c; stat -c %a a
[ a -ef b ] && echo same; rm a; stat -c %h b; ln b b; echo $?; mkdir d; ln d e; echo $?; ln nothere z; echo $?
mkdir s; stat -c %h s; mkdir s/t s/u; stat -c %h s; rmdir s/t; stat -c %h s; ln -s b sl; ln sl hl; ls -l hl | cut -c1; stat -c %h sl b
