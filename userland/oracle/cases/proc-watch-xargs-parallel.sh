# Shows: xargs -P runs several at a time and all of them.
seq 1 40 | xargs -P 8 -n 1 sh -c 'sleep 0.05; echo done $0' | sort | md5sum; seq 1 9 | xargs -P 3 -n 3 echo | wc -l; printf '1\n0\n2\n' | xargs -P 3 -n 1 sh -c 'exit $0'; echo $?
