# Shows: one end of a pipe is a builtin, the other a program, in all four ways.
echo a | read x; echo $?; /bin/busybox echo b | while read y; do echo got $y; done; echo c | /bin/busybox cat; /bin/busybox echo d | /bin/busybox cat; (echo e; /bin/busybox echo f) | (read z; /bin/busybox cat; echo $z); f() { /bin/busybox tr a-z A-Z; }; echo g | f; { echo h | f; } | f
