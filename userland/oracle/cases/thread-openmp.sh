# Shows: an OpenMP program with four threads.
# program: thread-openmp
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
