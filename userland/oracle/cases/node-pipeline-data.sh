# Shows: megabytes through a pipe between nodes arrive unchanged, both ways.
# nodes: 2
seq 1 40000 | md5sum; seq 1 40000 | onnode 1 cat | md5sum; onnode 1 seq 1 40000 | md5sum; onnode 1 seq 1 40000 | onnode 1 md5sum; seq 1 40000 | onnode 1 cat | onnode 0 cat | onnode 1 md5sum
