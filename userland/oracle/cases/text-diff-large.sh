# Shows: diff of two files of twenty thousand lines.
cd /tmp; seq 1 20000 >a; sed '100d;5000s/$/x/;19999a\
new' a >b; diff a b; diff -u -L a -L b a b | md5sum; diff a b | wc -l
