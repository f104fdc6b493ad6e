# Shows: a trap waits for the end of the foreground program.
me=$$; trap 'echo trap' USR1; (sleep 0.2; kill -USR1 $me) & sleep 3; echo slept; wait
