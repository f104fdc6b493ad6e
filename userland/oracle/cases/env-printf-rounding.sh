# Shows: a thousand quotients and their decimals, hashed.
awk 'BEGIN{for(i=1;i<=1000;i++) printf "%.17g %.3f %e\n", i/7, i/3, i*1e10/9}' | md5sum; awk 'BEGIN{x=0.5; for(i=0;i<1000;i++){x=3.9*x*(1-x)} printf "%.15g\n", x}'
