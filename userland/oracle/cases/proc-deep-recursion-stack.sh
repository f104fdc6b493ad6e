# Shows: awk recursion a thousand deep, and sed with a long branch loop.
awk 'function d(n){return n==0?0:1+d(n-1)} BEGIN{print d(1000)}'; echo x | sed ':a;s/x/xx/;/x\{500\}/!ba' | tr -d '\n' | wc -c
