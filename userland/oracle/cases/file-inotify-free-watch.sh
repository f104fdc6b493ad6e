# Shows: waiting for a file by polling sees it when another process makes it.
cd /tmp; (sleep 0.4; echo ready >flag.tmp; mv flag.tmp flag) & n=0; while [ ! -e flag ] && [ $n -lt 100 ]; do sleep 0.05; n=$((n+1)); done; cat flag; wait
