# Shows: luac compiles, lua runs what was compiled.
# image: debian-small
cd /tmp; echo 'print("compiled", ...)' >a.lua; luac -o a.out a.lua && lua a.out x y; echo 'print(' >b.lua; luac b.lua 2>&1; echo $?; luac -l -p a.lua | grep -c .  | awk '{print ($1 > 3)}'
