# Shows: signals whose default is to be ignored change nothing.
for s in CHLD URG WINCH CONT; do sh -c "kill -$s \$\$; echo $s survived"; done; for s in USR1 USR2 ALRM VTALRM PROF IO PWR STKFLT; do sh -c "kill -$s \$\$"; echo "$s $?"; done 2>/dev/null
