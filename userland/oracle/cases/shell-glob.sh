# Shows: pathname expansion: order, hidden files, classes, no match, directories, quoting.
mkdir /tmp/g; cd /tmp/g; touch a b c .h ab '*' 'x y' Z 10 9; mkdir d e; touch d/1 e/2 d/.k
echo *; echo ?; echo [ab]*; echo [!a-z]*; echo .*h; echo */*; echo nomatch*; echo "*" \*; echo [[:digit:]]*
for f in x*; do echo "[$f]"; done; echo */; echo ./*b; echo /tmp/g/[d-e]/*
v='*b'; echo $v "$v"; ls -d .*[!.]*
