# Shows: set -x and PS4 on standard error.
set -x
echo a "b c" $((1+1))
x='q r'
[ "$x" = y ] || :
PS4='T '; for i in 1 2; do echo $i; done
{ set +x; } 2>/dev/null
echo end
