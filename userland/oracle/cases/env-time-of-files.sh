# Shows: a file made now has the time of the clock.
a=$(date +%s); echo >/tmp/f; b=$(stat -c %Y /tmp/f); c=$(date +%s); [ $b -ge $((a-1)) ] && [ $b -le $((c+1)) ] && echo now; find /tmp/f -mmin -2; touch -d @$((c-600)) /tmp/f; find /tmp/f -mmin -2; find /tmp/f -mmin +5
