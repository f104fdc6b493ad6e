# Shows: sqlite3 in memory: tables, joins, groups, windows, recursive queries, dates.
# image: debian-small
sqlite3 :memory: <<'X'
create table t(id integer primary key, name text, v real);
insert into t(name, v) values ('a', 1.5), ('b', 2.5), ('a', 3.25), ('c', null);
select name, count(*), sum(v), avg(v), max(v) from t group by name order by name;
select t1.id, t2.id from t t1 join t t2 on t1.name = t2.name and t1.id < t2.id;
with recursive f(n, a, b) as (select 1, 0, 1 union all select n + 1, b, a + b from f where n < 15) select group_concat(a, ' ') from f;
select id, sum(v) over (order by id) from t;
select upper(name) || '-' || printf('%05.2f', v), typeof(v), coalesce(v, 'none') from t where name like 'A%' or v is null;
select date('2024-02-28', '+2 days'), strftime('%s', '2000-01-01'), julianday('2000-01-01');
update t set v = v * 2 where name = 'a'; delete from t where v is null; select * from t; select changes(), last_insert_rowid();
select json_extract('{"a":[1,2,{"b":3}]}', '$.a[2].b'), quote('it''s'), 1/2, 1/2.0, 9223372036854775807, 1e300*1e10;
.mode csv
select * from t;
select nothere from t;
X
echo $?
