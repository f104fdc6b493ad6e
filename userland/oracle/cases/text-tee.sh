# Shows: tee copies to files and goes on, appends with -a, and when a reader goes away.
cd /tmp; echo hello | tee a b; cat a b; echo more | tee -a a >/dev/null; cat a; echo x | tee /nonexistent/f; echo $?; seq 1 50000 | tee c | md5sum; md5sum <c; echo y | tee a >&2 2>&1
