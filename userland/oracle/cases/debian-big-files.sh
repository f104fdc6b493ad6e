# Shows: GNU programs on twenty megabytes.
# image: debian-small
cd /tmp; head -c 20000000 /dev/zero | tr '\0' 'a' >f; stat -c %s f; cp f g; cmp f g && echo same; md5sum f; printf b | dd of=g bs=1 seek=17777777 conv=notrunc status=none; cmp f g; tail -c 2222223 g | head -c 1; echo; split -b 6M f p.; ls p.*; cat p.* | cmp - f && echo joined; truncate -s 50 f; cat f; echo
