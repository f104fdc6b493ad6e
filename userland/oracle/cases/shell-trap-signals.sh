# Shows: traps for signals, ignored ones, defaults again, and what trap prints.
trap 'echo got USR1' USR1; trap 'echo got TERM' TERM; trap '' HUP
kill -USR1 $$; echo after1; kill -TERM $$; echo after2; kill -HUP $$; echo after3
trap; trap - TERM; trap
sh -c 'kill -HUP $$; echo child ignores HUP too'
sh -c 'kill -USR1 $$; echo not reached'; echo $?
trap 'echo int; exit 7' INT; kill -INT $$; echo not reached
