# Shows: dynamic dash: expansion, arithmetic, functions, here-documents, statuses.
# image: debian-small
# shell: dash
f() { local x=$1; echo "f $x $#"; return 3; }; f a b; echo $?; echo $((1+2*3)) ${HOME##*/}; cat <<X
here $((6*7)) $(echo sub)
X
for i in 1 2 3; do printf '%s ' $i; done; echo; set -- a b c; echo $# $*; case abc in a*) echo match;; esac; x=$(false); echo $?; nosuchcommand; echo $?; echo '\t\x' "a\nb"; test 1 -lt 2 && echo less; type echo cd ls
