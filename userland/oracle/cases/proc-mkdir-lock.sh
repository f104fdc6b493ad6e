# Shows: mkdir as a lock: of twenty processes one at a time is inside.
cd /tmp; echo 0 >n; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do (until mkdir lock 2>/dev/null; do sleep 0.02; done; echo $(( $(cat n) + 1 )) >n; rmdir lock) & done; wait; cat n; ls
