# Shows: compressors with four threads, and back again.
# image: debian-threads
# shell: bash
cd /tmp
seq 1 20000 >numbers
md5sum <numbers
xz -T4 --block-size=64KiB -1 -c numbers | xz -T4 -dc | md5sum
xz -T4 --block-size=64KiB -1 -c numbers | md5sum
zstd -q -T4 -1 -c numbers | zstd -q -dc | md5sum
pigz -p 4 -c numbers | pigz -dc | md5sum
pigz -p 4 -n -c numbers | md5sum
