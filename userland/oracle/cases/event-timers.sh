# Shows: timerfd once and again, by three clocks, its errors, poll, and a child that sets it.
# program: event-timers
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
