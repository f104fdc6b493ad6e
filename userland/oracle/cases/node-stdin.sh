# Shows: standard input is shared by commands of both nodes.
# nodes: 2
read a; onnode 1 sh -c 'read b; echo "one: $b"'; echo "zero: $a"; onnode 1 cat
