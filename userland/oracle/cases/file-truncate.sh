# Shows: truncate grows with zeros and cuts; holes read as zeros.
cd /tmp; printf 0123456789 >f; truncate -s 4 f; cat f; echo; truncate -s 8 f; od -c f; truncate -s 0 f; wc -c <f
truncate -s 1M g; wc -c <g; md5sum <g; truncate -c -s 5 nothere; echo $?; ls nothere; truncate -s 5 nothere; wc -c <nothere; truncate -s 1 /tmp; echo $?; echo tail >>g; tail -c 8 g | od -c
