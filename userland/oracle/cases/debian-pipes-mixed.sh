# Shows: static and dynamic programs in one pipeline of sixteen stages.
# image: debian-small
# shell: bash
seq 1 3000 | cat | busybox cat | sort -n | busybox sort -n | tac | busybox tac | sed 's/^/x/' | busybox sed 's/^x//' | grep . | busybox grep . | head -n 2999 | busybox head -n 2998 | tee /tmp/t | md5sum; md5sum </tmp/t
