# Shows: small bash programs: sieve with arrays, quicksort, string reversal, Fibonacci with big steps.
# image: debian-small
# shell: bash
declare -a s; for ((i=2;i<=300;i++)); do ((s[i])) && continue; printf '%d ' $i; for ((j=i*i;j<=300;j+=i)); do s[j]=1; done; done; echo; qs() { local p=$1 l=() r=() x; (($# <= 1)) && { echo "$@"; return; }; shift; for x; do ((x < p)) && l+=($x) || r+=($x); done; echo $(qs "${l[@]}") $p $(qs "${r[@]}"); }; qs 5 2 9 1 7 3 8 6; t=reverse; for ((i=${#t}-1;i>=0;i--)); do printf %s "${t:i:1}"; done; echo; a=0 b=1; for i in {1..90}; do ((c=a+b, a=b, b=c)); done; echo $a
