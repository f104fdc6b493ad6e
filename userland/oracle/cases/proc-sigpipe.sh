# Shows: a writer ends by SIGPIPE when its reader has gone, or gets EPIPE when it ignores it.
yes | head -n 3; (yes; echo "status $?" >/tmp/s) 2>/dev/null | head -n 1; cat /tmp/s; sh -c 'trap "" PIPE; sleep 0.3; echo x; echo "status $?" >&2' | true; seq 1 1000000 | head -n 2; set -o pipefail; yes | head -n 1 >/dev/null; echo $?
