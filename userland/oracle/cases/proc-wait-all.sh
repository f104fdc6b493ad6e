# Shows: wait without arguments returns 0 when all have ended, whatever their statuses.
(exit 1) & (sleep 0.2; exit 2) & sleep 0.1 & wait; echo $?; wait; echo $?
