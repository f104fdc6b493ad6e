# Shows: lua's io: files, lines, seek, popen, temporary names, environment, execute.
# image: debian-small
cat >/tmp/t.lua <<'X'
local f = assert(io.open("/tmp/f", "w")); for i = 1, 1000 do f:write("line ", i, "\n") end f:close()
local n, last = 0; for l in io.lines("/tmp/f") do n = n + 1; last = l end print(n, last)
f = io.open("/tmp/f", "r+"); print(f:seek("end"), f:seek("set", 5), f:read("n"), f:read("l"), f:read(4)); f:seek("set", 0); f:write("LINE"); f:close()
print(io.open("/tmp/f"):read("l"), io.open("/nothere"))
local p = io.popen("echo from child; exit 3"); print(p:read("a"), p:close())
print(os.execute("exit 4"), os.getenv("HOME"), os.getenv("NOPE"), os.remove("/tmp/f"), os.remove("/tmp/f"))
print(os.date("!%F %T", 1700000000), os.time({year = 2024, month = 1, day = 1, hour = 12}) > 0, os.rename("/a", "/b"))
io.stderr:write("to stderr\n"); io.write("no newline"); print(); print(#io.open("/dev/zero"):read(100000))
X
lua /tmp/t.lua
