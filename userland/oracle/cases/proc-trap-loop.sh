# Shows: traps run between the commands of a loop, again and again.
n=0; trap 'n=$((n+1))' USR1; i=0; while [ $i -lt 100 ]; do kill -USR1 $$; i=$((i+1)); done; echo $n; trap 'echo nested; kill -USR2 $$' USR1; trap 'echo inner' USR2; kill -USR1 $$; echo end
