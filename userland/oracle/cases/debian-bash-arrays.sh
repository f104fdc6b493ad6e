# Shows: bash's arrays: indexed, associative, slices, appends, keys, unset.
# image: debian-small
# shell: bash
a=(one "two words" three); echo ${a[1]} ${#a[@]} ${a[@]:1} ${!a[@]}; a+=(four); a[10]=ten; echo "${a[*]}" ${#a[@]} ${a[-1]}; unset 'a[0]'; echo "${!a[@]}"; declare -A m=([x]=1 [y]=2); m[z]=3; for k in $(printf '%s\n' "${!m[@]}" | sort); do echo $k=${m[$k]}; done; [[ -v m[x] ]] && echo has; for e in "${a[@]}"; do printf '<%s>' "$e"; done; echo; b=("${a[@]/o/0}"); echo "${b[@]}"; echo ${a[@]^^}; mapfile -t l < <(seq 3); echo ${#l[@]} ${l[2]}; read -ra w <<<'p q r'; echo ${w[1]}; declare -p w
