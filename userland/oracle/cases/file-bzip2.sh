# Shows: bzip2 and bunzip2 round trips.
cd /tmp; seq 1 30000 >f; md5sum <f; bzip2 -k f; wc -c <f.bz2; bunzip2 -c f.bz2 | md5sum; bzcat f.bz2 | tail -n 1; bunzip2 -t f.bz2 2>/dev/null; echo $?; head -c 100 f.bz2 | bunzip2 >/dev/null 2>&1; echo $?
