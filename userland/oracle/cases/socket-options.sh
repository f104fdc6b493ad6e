# Shows: options that are names and structures, low-water marks, connections that are taken back.
# program: socket-options
cat >/tmp/program
chmod +x /tmp/program
/tmp/program
