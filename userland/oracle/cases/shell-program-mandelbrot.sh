# Shows: a Mandelbrot picture in awk's doubles.
awk 'BEGIN{for(y=-12;y<=12;y++){s="";for(x=-39;x<=20;x++){a=b=0;for(i=0;i<50&&a*a+b*b<4;i++){t=a*a-b*b+x/20;b=2*a*b+y/10;a=t} s=s (i>=50?"*":i>10?"+":i>4?".":" ")} print s}}'
