# Shows: the eight queens counted in awk: a hundred thousand calls.
awk 'function q(r,  c,i,ok){if(r>8){n++;return} for(c=1;c<=8;c++){ok=1;for(i=1;i<r;i++)if(p[i]==c||p[i]-c==r-i||c-p[i]==r-i){ok=0;break} if(ok){p[r]=c;q(r+1)}}} BEGIN{q(1);print n}'
