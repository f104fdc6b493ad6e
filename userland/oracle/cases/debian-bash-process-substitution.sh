# Shows: process substitution, here-strings, named descriptors, coproc, pipestatus.
# image: debian-small
# shell: bash
diff <(seq 1 3) <(seq 2 4); cat <<<"here $((1+1))"; while read l; do n=$((n+l)); done < <(seq 1 10); echo $n; exec {fd}>/tmp/f; echo named >&$fd; exec {fd}>&-; cat /tmp/f; true | false | (exit 4); echo ${PIPESTATUS[@]}; coproc cat; echo through >&${COPROC[1]}; read x <&${COPROC[0]}; echo $x; eval "exec ${COPROC[1]}>&-"; wait; tee >(tr a-z A-Z >/tmp/up) <<<lower; until [ -s /tmp/up ]; do sleep 0.1; done; cat /tmp/up; paste <(seq 3) <(seq 4 6); set -o pipefail; false | true; echo $?; shopt -s lastpipe; echo 5 | read z; echo $z
