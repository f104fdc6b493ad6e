# Shows: linux32 and linux64 run their programs; unshare of nothing and xattrs of nothing.
linux32 sh -c 'echo in; exit 3'; echo $?
linux64 nosuch; echo $?
setpriv -d | grep -i ambient
cd /tmp; getfattr nosuch; echo $?
touch f; getfattr f; echo $?; getfattr -n user.a f; echo $?
swapon f; echo $?; dmesg; echo $?
