# Shows: write-ahead logging on a file: memory shared between connections.
# image: debian-small
cd /tmp; sqlite3 db 'pragma journal_mode=wal; create table t(x); insert into t values (1),(2);'; sqlite3 db 'insert into t values (3); select sum(x) from t;'; sqlite3 db 'pragma wal_checkpoint(truncate); select count(*) from t;'; sqlite3 db 'pragma journal_mode=delete;'; ls
