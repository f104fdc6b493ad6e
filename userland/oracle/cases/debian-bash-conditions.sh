# Shows: [[ ]] with patterns, regular expressions and their groups, (( )), string order.
# image: debian-small
# shell: bash
[[ foo == f* ]] && echo glob; [[ "a.b" == a.b && ! -e /none ]] && echo and; [[ 2024-05-06 =~ ^([0-9]+)-([0-9]+) ]] && echo ${BASH_REMATCH[1]} ${BASH_REMATCH[2]}; [[ a < b ]] && echo order; ((3 > 2)) && echo arith; ((0)); echo $?; ((x = 5, x++)); echo $x $((x ** 3)) $((16#ff)) $((2#101)) $((x > 3 ? 1 : 0)); for ((i = 0; i < 3; i++)); do echo -n $i; done; echo; let y=x*2; echo $y; [[ -d /tmp && -w /tmp ]] && echo dir; [[ $nothing ]] || echo empty; select_none=1; until ((x-- < 3)); do :; done; echo $x
