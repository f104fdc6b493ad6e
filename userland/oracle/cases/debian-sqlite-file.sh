# Shows: sqlite3 on a file: journal, transactions, rollback, index, vacuum, dump, integrity, two connections.
# image: debian-small
cd /tmp; sqlite3 db 'create table t(k integer primary key, v text); create index i on t(v);'; sqlite3 db "begin; with recursive n(x) as (select 1 union all select x+1 from n where x < 5000) insert into t select x, 'value ' || (x * 7919 % 5003) from n; commit; select count(*), min(v), max(v) from t;"; sqlite3 db "begin; delete from t; rollback; select count(*) from t; select k from t where v = 'value 42';"; sqlite3 db 'delete from t where k > 100; vacuum; pragma integrity_check; pragma page_count;'; sqlite3 db .dump | md5sum; sqlite3 db .schema; ls; sqlite3 db 'pragma journal_mode=truncate; insert into t values (9999, "x"); select count(*) from t;'; sqlite3 db2 <<X
attach 'db' as o; create table c as select * from o.t limit 3; select * from c;
X
sqlite3 -header -column db 'select k, v from t limit 2'; echo junk >bad; sqlite3 bad 'select * from t'; echo $?
