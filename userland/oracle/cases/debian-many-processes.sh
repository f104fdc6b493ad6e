# Shows: a hundred dynamic programs at once.
# image: debian-small
# shell: bash
for i in {1..100}; do /usr/bin/sleep 20 & done; kill $(jobs -p); n=0; while :; do wait -n; s=$?; [ $s = 127 ] && break; [ $s = 143 ] && n=$((n+1)); done 2>/dev/null; echo $n; for i in {1..60}; do /usr/bin/echo line $i & done | sort -V | md5sum; wait
