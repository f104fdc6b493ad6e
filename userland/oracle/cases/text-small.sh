# Shows: crc32, cmp with offsets, od of one byte, sums.
cd /tmp; printf 123456789 | crc32; printf 'abcdef' >a; printf 'xbcdey' >b; cmp -l a b; cmp a b 1 1; echo $?; printf a | od -An -tx1; seq 5 | awk '{s+=$1}END{print s}'
