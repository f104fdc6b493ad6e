# Shows: what two connected Unix sockets do: bytes and messages, ends, errors, options.
# program: socket-pairs
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
