# Shows: insertion sort over positional parameters.
sorted=; for n in 5 3 9 1 7 3 8; do new=; placed=; for m in $sorted; do [ -z "$placed" ] && [ $n -lt $m ] && { new="$new $n"; placed=1; }; new="$new $m"; done; [ -z "$placed" ] && new="$new $n"; sorted=$new; done; echo $sorted
