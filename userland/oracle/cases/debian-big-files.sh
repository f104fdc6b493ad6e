# Shows: GNU programs on a hundred megabytes.
# image: debian-small
cd /tmp; head -c 100000000 /dev/zero | tr '\0' 'a' >f; stat -c %s f; cp f g; cmp f g && echo same; md5sum f; printf b | dd of=g bs=1 seek=77777777 conv=notrunc status=none; cmp f g; tail -c 22222223 g | head -c 1; echo; split -b 30M f p.; ls p.*; cat p.* | cmp - f && echo joined; truncate -s 50 f; cat f; echo
