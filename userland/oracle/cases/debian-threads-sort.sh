# Shows: sort with four threads gives what sort with one does.
# image: debian-small
# shell: bash
cd /tmp
seq 1 20000 | sed 's/\(.*\)\(.\)/\2\1/' >numbers
sort --parallel=1 -S 1M numbers | md5sum
sort --parallel=4 -S 8M numbers | md5sum
sort --parallel=4 -rn numbers | head -n 2
