# Shows: the dynamic loader: list of libraries, LD_PRELOAD of nothing, missing library, static beside dynamic.
# image: debian-small
# stderr: any
ls /lib/ld-linux-riscv64-lp64d.so.1; /lib/ld-linux-riscv64-lp64d.so.1 /usr/bin/true; echo $?; /lib/ld-linux-riscv64-lp64d.so.1 --list /usr/bin/sqlite3 | awk '{print $1}' | sort | head -n 4; LD_PRELOAD=/nothere.so true; echo $?; cp /usr/bin/cat /tmp/c; chmod 111 /tmp/c; echo x | /tmp/c; LD_BIND_NOW=1 /usr/bin/echo bound; mkdir /tmp/l; mv /lib/riscv64-linux-gnu/libpcre2-8.so.0* /tmp/l; grep -P x </dev/null; echo $?; echo xyz | LD_LIBRARY_PATH=/tmp/l grep -oP 'y'; busybox echo static
