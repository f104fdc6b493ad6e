# Shows: the signals that end with a core elsewhere give their statuses.
# stderr: any
for s in QUIT ILL TRAP ABRT BUS FPE SEGV SYS XCPU XFSZ; do sh -c "kill -$s \$\$"; echo "$s $?"; done
