# Shows: another user meets the permissions that root passes: read, write, execute, search, own.
echo 'guest:x:1000:1000::/tmp:/bin/sh' >>/etc/passwd; echo 'guest:x:1000:' >>/etc/group
cd /tmp; mkdir d x; echo secret >s; chmod 600 s; echo open >o; chmod 644 o; echo hidden >x/h; chmod 711 x; chmod 700 d; echo >d/f
cat >t <<'X'
cat s; echo $?; cat o; echo more >>o; echo $?; ls x; echo $?; cat x/h; ls d; echo $?; cat d/f; echo $?; (cd d); echo $?
rm -f /etc/passwd; echo $?; echo >/etc/new; echo $?; mv o o2; echo $?; chmod 777 o; echo $?; chown guest o; echo $?; ./o; echo $?
echo >mine; chmod 0 mine; cat mine; echo $?; chmod 600 mine; cat mine; rm mine; id; kill -0 1; echo $?; touch o; echo $?; test -r s; echo $?; test -w o; echo $?; mkdir /newdir; echo $?
X
su guest -c 'sh /tmp/t'
