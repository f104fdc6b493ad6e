# Shows: setsid makes a new session and group, and passes the status on when it need not fork.
setsid sh -c 'exit 6'; echo $?; sh -c 'setsid sh -c "exit 7"; echo $?'; setsid true; echo $?; setsid nosuch; echo $?
