# Shows: a chain of a hundred hashes, each of the one before.
x=seed; i=0; while [ $i -lt 100 ]; do x=$(printf %s "$x" | sha256sum | cut -d' ' -f1); i=$((i+1)); done; echo $x; seq 1 300 | while read n; do echo $n | md5sum; done | md5sum
