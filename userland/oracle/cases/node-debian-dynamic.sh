# Shows: dynamic programs run on the other node: sqlite3, lua, bash in one pipeline.
# nodes: 2
# image: debian-small
cd /tmp; onnode 1 sqlite3 db 'create table t(x); insert into t values (1),(2),(3);'; onnode 0 sqlite3 db 'select sum(x) from t'; echo 'for i = 1, 3 do print(i * i) end' | onnode 1 lua - | onnode 0 sort -rn | onnode 1 paste -sd,; onnode 1 bash -c 'a=(1 2 3); echo ${#a[@]} $((2**20)); exit 4'; echo $?
