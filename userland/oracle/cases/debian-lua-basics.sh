# Shows: lua: tables, closures, strings, patterns, integers and floats, error handling.
# image: debian-small
cat >/tmp/t.lua <<'X'
local t = {5, 2, 9, 1}; table.sort(t); print(table.concat(t, ","), #t)
local function counter() local n = 0; return function() n = n + 1; return n end end
local c = counter(); c(); print(c(), c())
print(("hello world"):gsub("o", "0"), ("key=val"):match("(%w+)=(%w+)"), ("x"):rep(3, "-"))
print(7 // 2, 7 / 2, 7 % 3, -7 // 2, 2^10, 1 << 40, 0xff, 10 == 10.0, math.maxinteger + 1 == math.mininteger)
print(string.format("%5.2f|%-5s|%05d|%x|%q", 3.14159, "ab", 42, 255, "q\n"))
print(pcall(error, {code = 5}), select(2, pcall(error, "msg", 0)), select("#", 1, nil, 3))
local mt = setmetatable({}, {__index = function(_, k) return k .. "!" end, __call = function(_, x) return x * 2 end}); print(mt.foo, mt(21))
local co = coroutine.wrap(function(a) for i = 1, 3 do a = coroutine.yield(a + i) end return "done" end); print(co(1), co(2), co(3), co(4))
goto done; print("skipped") ::done:: print(type(nil), type(print), tostring(1e15), 1e100, 0.1 + 0.2, math.type(1), 3 | 4)
print(utf8.char(228, 8364), utf8.len("äö"), #"äö", tonumber("0x10"), tonumber("z", 36), math.floor(-3.5), string.byte("A"))
X
lua /tmp/t.lua; lua -e 'print(1 + 1)'; echo 'print(...)' | lua - a b; lua -e 'error("boom")' 2>/dev/null; echo $?; lua -e 'os.exit(7)'; echo $?
