# Shows: . reads a file in this shell, with its status, return and PATH search.
cd /tmp; echo 'v=5; f() { echo from f; }; return 3; v=6' >lib; . ./lib; echo $? $v; f
mkdir bin; echo 'echo found in path' >bin/inpath; PATH=/tmp/bin:$PATH; . inpath
echo 'echo $1' >a; set -- outer; . ./a
(. /nonexistent; echo not reached); echo $?
