# Shows: eight megabytes through pipes in blocks of many sizes arrive unchanged.
yes 0123456789 | head -c 8000000 | md5sum; yes 0123456789 | head -c 8000000 | dd bs=7 count=50000 iflag=fullblock 2>/dev/null | md5sum; yes 0123456789 | head -c 8000000 | cat | dd bs=65537 2>/dev/null | cat | md5sum
