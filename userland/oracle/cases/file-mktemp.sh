# Shows: mktemp's names, modes and folders.
cd /tmp; f=$(mktemp); [ -f $f ] && stat -c '%a %s' $f; d=$(mktemp -d); stat -c '%a %F' $d; g=$(mktemp xyz.XXXXXX); echo ${#g} ${g%.*}; h=$(mktemp -p /tmp/ q.XXXXXX); echo ${h%.*}; mktemp bad; echo $?; mktemp -u | wc -l
