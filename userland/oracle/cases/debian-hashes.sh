# Shows: GNU sums agree with busybox's on two megabytes.
# image: debian-small
cd /tmp; yes 'some line of text' | head -c 2000000 >f; for h in md5sum sha1sum sha256sum sha512sum; do a=$($h f); b=$(busybox $h f); [ "$a" = "$b" ] && echo "$a"; done; sha256sum f >s; sha256sum -c s; echo x >>f; sha256sum -c s; echo $?; b2sum </dev/null | cut -c1-16; cksum -a crc f | cut -d' ' -f2; cksum -a sha3 -l 256 f 2>/dev/null | wc -l
