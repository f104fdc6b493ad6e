# Shows: twenty thousand rows inserted, indexed, joined and exported.
# image: debian-small
cd /tmp; seq 1 20000 | awk '{print $1 "," ($1*7919)%10007 ",name" $1%100}' >in.csv; sqlite3 db <<'X'
create table a(id integer, v integer, n text);
.mode csv
.import in.csv a
create index av on a(v);
select count(*), sum(v), count(distinct n) from a;
select a1.id, a2.id from a a1 join a a2 on a1.v = a2.v and a1.id < a2.id order by 1 limit 3;
.output out.csv
select n, sum(v) from a group by n order by n;
X
md5sum <out.csv; wc -l <out.csv
