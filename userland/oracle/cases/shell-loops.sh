# Shows: for, while, until, break and continue with levels.
for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done
i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo w$i; done
until [ $i -eq 0 ]; do i=$((i-1)); echo u$i; done
for i in a b; do for j in 1 2 3; do [ $j = 2 ] && continue 2; echo $i$j; done; done
for i in a b; do for j in 1 2 3; do [ $j = 2 ] && break 2; echo $i$j; done; done
for i in; do echo never; done; echo $?
while false; do :; done; echo $?
while :; do break; done; echo $?
for i in *; do echo glob; break; done
