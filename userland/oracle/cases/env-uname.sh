# Shows: what uname says about system and machine.
uname; uname -s; uname -m; uname -sm; arch; uname -o 2>/dev/null; [ -n "$(uname -r)" ] && echo release; [ -n "$(uname -n)" ] && echo name; uname -a | awk '{print $1, (NF > 5)}'; [ -e 1 ] 2>/dev/null; uname -x 2>/dev/null; echo $?
