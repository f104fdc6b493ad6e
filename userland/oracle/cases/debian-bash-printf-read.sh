# Shows: bash's printf with times and quotes, read with prompts, arrays, delimiters, here-documents.
# image: debian-small
# shell: bash
TZ=UTC printf '%(%F %T)T\n' 1700000000; printf '%s\n' {1..3}; printf '%b|%5.2f|%-4s|%x\n' 'a\tb' 3.14159 ab 255; IFS=, read -r a b c <<<'1,2,3'; echo $b; read -d '' -r x < <(printf 'multi\nline\0rest'); echo "$x"; read -n 2 y <<<abcd; echo $y; while IFS=: read -r n _ i _; do [[ $i == 0 ]] && echo $n; done </etc/passwd; mapfile -d, -t p <<<'a,b,c'; echo ${#p[@]}; printf '%s\n' "${p[@]}"
