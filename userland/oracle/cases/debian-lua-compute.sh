# Shows: lua computing: sieve, matrix, strings, n-body, sort of fifty thousand.
# image: debian-small
cat >/tmp/t.lua <<'X'
local s, n = {}, 0; for i = 2, 50000 do if not s[i] then n = n + 1; for j = i * i, 50000, i do s[j] = true end end end print(n)
local function fib(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end print(fib(20))
local x, t = 42, {}; for i = 1, 20000 do x = (x * 1103515245 + 12345) % 2147483648; t[i] = x end table.sort(t); print(t[1], t[10000], t[20000])
local m = {}; for i = 1, 40 do m[i] = {}; for j = 1, 40 do m[i][j] = (i * j) % 7 / 3 end end local tr = 0; for i = 1, 40 do for j = 1, 40 do local a = 0; for k = 1, 40 do a = a + m[i][k] * m[k][j] end if i == j then tr = tr + a end end end print(string.format("%.10f", tr))
local px, v = 1.0, 0.0; for _ = 1, 20000 do v = v - px * 0.001; px = px + v * 0.001 end print(string.format("%.12f %.12f", px, v), math.sin(1), math.exp(1), math.log(10), 10 ^ 0.5)
local b = {}; for i = 1, 5000 do b[#b + 1] = tostring(i) end print(#table.concat(b)); collectgarbage(); print(collectgarbage("count") > 0)
X
lua /tmp/t.lua
