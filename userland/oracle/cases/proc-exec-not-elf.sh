# Shows: files that are no programs: empty, text without #!, wrong machine.
cd /tmp; : >empty; chmod +x empty; ./empty; echo $?; echo 'echo run by sh $1' >text; chmod +x text; ./text x; env ./text y; echo $?; printf '\177ELF\1\1\1' >bad; head -c 100 /dev/zero >>bad; chmod +x bad; env ./bad 2>/dev/null; echo $?
