# Shows: one file tree: what one node writes the other reads, at once.
# nodes: 2
cd /tmp; echo from zero >f; onnode 1 cat f; onnode 1 sh -c 'echo from one >>f; mkdir d; echo inner >d/g'; cat f d/g; rm f; onnode 1 ls; onnode 1 rm -r d; ls; onnode 1 pwd
