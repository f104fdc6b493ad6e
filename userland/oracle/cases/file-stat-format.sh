# Shows: stat's fields for each kind of file.
cd /tmp; printf 12345 >f; chmod 640 f; mkdir d; ln -s f l; mkfifo p; stat -c '%n %s %a %A %F %h %u %g %U %G' f l p; stat -L -c '%n %F %s' l; stat -c '%F %a %h' d; stat -c '%F %t %T' /dev/null /dev/zero; stat nothere; echo $?; stat -c %N l; stat -f -c '%T' /proc
