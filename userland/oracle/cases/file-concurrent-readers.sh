# Shows: twenty readers of one file at once read the same.
cd /tmp; seq 1 20000 >f; for i in $(seq 1 20); do md5sum <f & done | sort -u | wc -l; wait; exec 3<f; for i in 1 2 3; do (head -c 100 <&3 >/dev/null) ; done; exec 3<&-; md5sum <f
