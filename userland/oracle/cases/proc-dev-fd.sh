# Shows: /dev/fd, /dev/stdin, /dev/stdout and /dev/stderr with pipes, files and here-documents.
cd /tmp
echo piped | cat /dev/stdin; echo piped | cat - /dev/fd/0
{ echo out >/dev/stdout; echo err >/dev/stderr; } 2>&1 | cat
echo twice | tee /dev/stderr 2>&1 | cat
cat /dev/fd/3 3<<E
here $((1 + 2))
E
seq 3 >nums; paste /dev/fd/4 /dev/fd/5 4<nums 5<nums
exec 3<nums; read a <&3; read b </dev/fd/3; echo $a $b; read c <&3; echo $c
{ echo first; echo second >/dev/stdout; } | cat
{ echo first; echo x >/dev/stdout; } >log; cat log
echo 1234567890 >log; exec 8<>log; echo ab >/dev/fd/8; cat log; cat <&8
: | cat /dev/stdin | wc -c; cat /dev/stdin </dev/null | wc -c; cat /dev/fd/47; echo $?
ls -l /proc/self/fd/0 </dev/null | sed 's/.*-> //'; readlink /proc/self/fd/1 | sed 's/:.*/:[N]/'
echo | { [ -p /dev/stdin ] && echo pipe; }; [ -f /dev/fd/3 ] && echo file
echo | { read x; echo no >/dev/stdin; echo $?; } 2>&1 | cat; (exec 9</dev/stdin; cat <&9) <nums
