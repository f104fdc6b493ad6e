# Shows: clocks go forward: sleep lasts at least as long as asked.
a=$(date +%s); sleep 1.1; b=$(date +%s); [ $((b-a)) -ge 1 ] && [ $((b-a)) -le 20 ] && echo slept; [ $a -gt 1700000000 ] && echo now
