# Shows: twenty stages on two nodes in turn.
# nodes: 2
seq 1 2000 | onnode 1 cat | onnode 0 cat | onnode 1 cat | onnode 0 cat | onnode 1 cat | onnode 0 cat | onnode 1 cat | onnode 0 cat | onnode 1 cat | onnode 0 cat | onnode 1 cat | onnode 0 cat | onnode 1 cat | onnode 0 cat | onnode 1 cat | onnode 0 cat | onnode 1 cat | onnode 0 cat | md5sum
