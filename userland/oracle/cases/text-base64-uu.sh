# Shows: base64 and uuencode there and back.
printf 'hello\n' | base64; printf 'hello\n' | base64 | base64 -d; head -c 200 /dev/zero | base64; seq 1 1000 | base64 | md5sum; seq 1 1000 | base64 | base64 -d | md5sum; echo '!!!' | base64 -d; echo $?; printf hi | uuencode name; printf 'data here\n' | uuencode x | (cd /tmp; uudecode -o y; cat y); echo -n foob | base64; echo -n fooba | base64 -w 4
