# Shows: the hours around the changes to and from summer time.
for t in 1711846799 1711846800 1729990799 1729990800; do TZ=CET-1CEST,M3.5.0,M10.5.0/3 date -d @$t '+%F %T %Z %z'; done; for t in 1710053999 1710054000; do TZ=EST5EDT,M3.2.0,M11.1.0 date -d @$t '+%F %T %Z'; done; TZ= date -d @0 +%Z; TZ=UTC0 date -d '1999-12-31 23:59:59' +%s; TZ=ABC3 date -d @0
