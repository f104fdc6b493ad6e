# Shows: /dev/stdin, /dev/stdout, /dev/stderr and /dev/fd.
echo in | cat /dev/stdin; echo out >/dev/stdout; echo err >/dev/stderr; echo five | cat /dev/fd/0; cat /dev/fd/5 5</etc/group | head -n 1 | cut -d: -f1; echo x | cat - /dev/null; echo pipe | { cat /proc/self/fd/0; }; ls -l /dev/stdin | awk '{print $NF}'
