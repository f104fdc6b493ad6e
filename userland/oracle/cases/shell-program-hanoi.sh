# Shows: the towers of Hanoi, by recursion with local variables.
moves=0; hanoi() { local n=$1 a=$2 b=$3 c=$4; [ $n = 0 ] && return; hanoi $((n-1)) $a $c $b; moves=$((moves+1)); hanoi $((n-1)) $c $b $a; }; hanoi 8 A B C; echo $moves
