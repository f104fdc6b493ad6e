# Shows: md5sum, sha1sum, sha256sum, sha512sum, sha3sum of known texts, and -c.
cd /tmp; printf abc >a; for h in md5sum sha1sum sha256sum sha512sum sha3sum; do $h a; $h </dev/null; done; md5sum a >sums; md5sum -c sums; echo d >>a; md5sum -c sums; echo $?; sha256sum nothere; echo $?
