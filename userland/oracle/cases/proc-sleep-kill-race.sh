# Shows: twenty processes killed as soon as they are made.
n=0; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 30 & kill -KILL $!; wait $! 2>/dev/null; [ $? = 137 ] && n=$((n+1)); done; echo $n
