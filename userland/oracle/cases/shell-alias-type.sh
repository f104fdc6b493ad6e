# Shows: alias, unalias, type, command -v and hash.
alias ll='echo aliased'
eval 'll x'; alias ll; unalias ll; eval 'll' ; echo $?
f() { :; }; type f cd if; type nosuch; echo $?; command -v f cd if; command -v nosuch; echo $?
command echo via command
