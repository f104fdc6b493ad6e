# Shows: processes with tens of megabytes: grown, forked, let go.
x=$(head -c 20000000 /dev/zero | tr '\0' m); echo ${#x}; (echo ${#x}; x=small; echo ${#x}); echo ${#x}; y=$x$x; echo ${#y}; x=; y=; awk 'BEGIN{for(i=0;i<40000;i++) a[i]=i "text"; n=0; for(k in a) n++; print n}'
