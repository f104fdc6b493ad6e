# Shows: chown and chgrp as root, with names, numbers, links; set-id bits are cleared.
cd /tmp; : >f; chown 1:2 f; stat -c '%u %g' f; chown nobody f; stat -c '%U %u' f; chown :0 f; stat -c %g f; chgrp 7 f; stat -c %g f
chmod 6755 f; chown 3 f; stat -c '%a %u' f; ln -s f l; chown -h 5 l; stat -c %u l f; chown 6 l; stat -c %u f; mkdir -p d/e; : >d/e/g; chown -R 9:9 d; stat -c '%u:%g %n' d d/e d/e/g; chown nosuch f; echo $?; ls -ln f | awk '{print $3,$4}'
