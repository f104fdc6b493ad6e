# Shows: ipcalc computes networks.
ipcalc -n 192.168.17.5/20; ipcalc -b 192.168.17.5/20; ipcalc -m 10.0.0.1; ipcalc -p 10.0.0.1 255.255.252.0
