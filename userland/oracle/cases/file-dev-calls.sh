# Shows: positions, mappings, sizes and readiness of the devices of memory.
# program: file-devices
cat > /tmp/program
chmod +x /tmp/program
/tmp/program
