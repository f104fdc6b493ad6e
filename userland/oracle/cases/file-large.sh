# Shows: eight megabytes written, copied, hashed and compared.
cd /tmp; yes 'the quick brown fox jumps over the lazy dog' | head -c 8388608 >f; wc -c <f; md5sum f; cp f g; cmp f g; echo $?; sha256sum g; printf X | dd of=g bs=1 seek=6000000 conv=notrunc 2>/dev/null; cmp f g; echo $?; sha1sum g; crc32 f; rm f g
