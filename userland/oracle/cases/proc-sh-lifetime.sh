# Shows: a shell that ends leaves its background child running; its output still arrives.
sh -c '(sleep 1; echo later) & echo now' | cat; sh -c 'sleep 0.3 && echo kept >/tmp/k &'; until [ -s /tmp/k ]; do sleep 0.1; done; cat /tmp/k
