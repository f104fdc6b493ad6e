# Shows: a postfix calculator with case and a stack in a string.
rpn() { s=; for t; do case $t in [0-9]*) s="$t $s";; *) set -- $s; s="$(($2 $t $1)) ${*#* }"; shift 2; s="${s%% *} $*";; esac; done; echo ${s%% *}; }; rpn 3 4 + 2 '*'; rpn 100 7 - 3 /; rpn 2 3 4 '*' +
