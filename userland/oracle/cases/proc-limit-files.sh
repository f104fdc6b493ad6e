# Shows: the limit on open files is met by open, dup and pipe.
(ulimit -n 10; sh -c 'exec 3</dev/null 4<&3 5<&3 6<&3 7<&3 8<&3 9<&3 && echo nine; exec 10<&3 || echo no'; echo $?) 2>/dev/null; (ulimit -n 3; echo a | cat; echo $?) 2>/dev/null; ulimit -H -n 40; ulimit -S -n 30; ulimit -n; ulimit -S -n 40; ulimit -n; (ulimit -S -n 41) 2>/dev/null; echo $?
