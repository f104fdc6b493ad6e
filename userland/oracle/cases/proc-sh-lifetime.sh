# Shows: a shell that ends leaves its background child running; its output still arrives.
sh -c '(sleep 0.4; echo later) & echo now' | cat; sh -c 'sleep 0.3 && echo kept >/tmp/k &'; sleep 1; cat /tmp/k
