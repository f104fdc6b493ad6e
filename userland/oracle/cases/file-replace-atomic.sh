# Shows: readers of a file that is replaced again and again see old or new, never half.
cd /tmp; seq 1 2000 >a; seq 2001 4000 >b; cp a f; (i=0; while [ $i -lt 40 ]; do cp b n; mv n f; cp a n; mv n f; i=$((i+1)); done; : >stop) & while [ ! -e stop ]; do md5sum <f; done | sort -u >sums; md5sum <a >ok; md5sum <b >>ok; sort -u ok sums | wc -l; wait
