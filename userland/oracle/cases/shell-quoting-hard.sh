# Shows: quotes in expansions, substitutions, patterns and here-documents.
x='a b'; echo ${x+"$x"} ${y-"c  d"} "${y-'e  f'}" "${y-"g  h"}"; echo "$(echo "$(echo "in   ner")")"; echo "a'b" 'a"b' a\"b a\'b "a\"b" "\$x" "\\" '\\' \\; set -- "${x}" ${x}; echo $#; echo "${x%" b"}" ${x#'a '}; echo \
joined "new\
line" 'keep\
it'; e='echo "x  y"'; eval $e; eval "$e"; printf '[%s]' "" '' $nothing "$nothing"; echo; echo "`echo \"q  q\"`" `echo '\$x' $x`; case 'a*b' in 'a*'b) echo lit;; esac; echo a"$x"b"$x"c; echo "${#x}" "$#" "$?"
