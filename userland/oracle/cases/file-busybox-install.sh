# Shows: busybox makes links to itself, which work.
mkdir -p /tmp/b; /bin/busybox --install -s /tmp/b 2>/dev/null; ls /tmp/b | wc -l | awk '{print ($1 > 200)}'; /tmp/b/echo works; /tmp/b/expr 6 '*' 7; readlink /tmp/b/ls | sed 's,.*/,,'; cp /bin/busybox /tmp/bb; /tmp/bb sh -c 'echo copy'; /tmp/bb --list | grep -c '^ls$'
