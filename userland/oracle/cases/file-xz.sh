# Shows: unxz and unlzma of files made elsewhere, and of junk.
cd /tmp; base64 -d >h.xz <<'X'
/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQANaGVsbG8gZnJvbSB4egoAAABb+Ybd5id65gABJg4IG+AEH7bzfQEAAAAABFla
X
unxz -c h.xz; echo $?; unxz h.xz; cat h; echo junk | unxz; echo $?; xz -d <h >/dev/null; echo $?
