# Shows: set-id programs run as their owner, and lose the bits by chown, write and truncate.
mkdir /tmp/d
cd /tmp/d
cp /bin/busybox sb
chmod 4755 sb
su -s /bin/sh nobody -c './sb id -u; ./sb sh -c "id -u"; ./sb su -c id 2>&1' 
chown nobody sb
chmod 2755 sb
stat -c %a sb
./sb id -u
cp /bin/busybox id
chown daemon:daemon id
chmod 6755 id
./id
./id -ru
./id -rg
su -s /bin/sh bin -c './id'
chmod 755 id
./id
echo x >> id
stat -c %a id
chmod 6755 id
su -s /bin/sh daemon -c 'echo y >> id'
stat -c %a id
chown daemon id
stat -c %a id
truncate -s 100 id
stat -c %a id
