# Shows: names with spaces, newlines, control and high bytes.
mkdir /tmp/o; cd /tmp/o; : >'a b'; : >"c
d"; : >'-e'; : >'*'; : >'\'; : >'ü'; : >"$(printf 'x\001')"; ls | wc -l; find . -type f | wc -l; ls -b 2>/dev/null | head -n 0; for f in *; do printf %s "$f" | od -An -c; done; rm -- -e; rm *; ls
