# Shows: ${x:-} ${x:=} ${x:+} ${x:?} with unset, empty and set variables.
unset u; e=; s=set
echo "1[${u-d}] [${e-d}] [${s-d}]"
echo "2[${u:-d}] [${e:-d}] [${s:-d}]"
echo "3[${u+d}] [${e+d}] [${s+d}]"
echo "4[${u:+d}] [${e:+d}] [${s:+d}]"
echo "5[${u=new}] [$u]"
echo "6[${e:=filled}] [$e]"
(unset v; echo ${v?gone}; echo not reached)
echo "7 status $?"
(v=; echo ${v:?"is empty"}; echo not reached)
echo "8 status $?"
echo "${u2-${s}${s}}" "${u2:-$(echo sub)}" "${u2-'quoted'}" ${u2-'quoted two'}
