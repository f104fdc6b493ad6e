# Shows: a dialogue script driven by its standard input.
while printf '> ' && read cmd arg; do case $cmd in add) items="$items $arg"; n=$((n+1));; list) for i in $items; do echo "- $i"; done;; count) echo ${n:-0};; quit) echo bye; exit 5;; *) echo "what is $cmd?" >&2;; esac; done; echo 'end of input'
