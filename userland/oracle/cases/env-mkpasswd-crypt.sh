# Shows: mkpasswd hashes a password with a given salt.
mkpasswd -m md5 -S abcdefgh secret; mkpasswd -m sha256 -S abcdefgh secret; mkpasswd -m sha512 -S abcdefgh secret; mkpasswd -m des -S ab secret
