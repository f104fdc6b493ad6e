# Shows: scheduling policies and nice values: what is refused, and what a child has.
# program: sched-policies
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
