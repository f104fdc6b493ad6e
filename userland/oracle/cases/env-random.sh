# Shows: RANDOM gives numbers in range, not all the same, and can be seeded.
i=0; while [ $i -lt 50 ]; do r=$RANDOM; [ $r -ge 0 ] && [ $r -le 32767 ] || echo bad; echo $r; i=$((i+1)); done | sort -u | wc -l | awk '{print ($1 > 10)}'
