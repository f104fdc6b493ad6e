# Shows: many signals of one kind may merge, but at least one arrives; two kinds both do.
trap 'u=$((u+1))' USR1; trap 'v=1' USR2; u=0; v=0; i=0; while [ $i -lt 50 ]; do kill -USR1 $$; i=$((i+1)); done; kill -USR2 $$; :; echo $u $v
