# Shows: [[ ]] as ash has it.
a='x y'; [[ $a = 'x y' ]] && echo eq; [[ -n $a && -z "" ]] && echo and
[[ abc == a* ]] && echo glob; [[ abc == "a*" ]] || echo literal
[[ abc =~ ^a.c$ ]] && echo regex; [[ 3 -gt 2 ]] && echo gt
