# Shows: prefix and suffix removal, replacement, substring and length.
p=/usr/local/lib/libc.so.6
echo ${p#*/} ${p##*/} ${p%/*} ${p%%/*} ${p%.*} ${p%%.*} ${p##*.}
echo ${#p} ${p:5} ${p:5:5} ${p: -4} ${p:0:1}
echo ${p/l/L} ${p//l/L} ${p//\//:} ${p/#\/usr/ROOT} ${p/%6/7} ${p//lib}
x='*'; f='a*b'; echo "${f%$x}" "${f%"$x"b}" "${f#a\*}"
empty=; echo "[${empty#x}] [${empty%%*}] ${#empty}"
set -- aaa bbb ccc; echo ${#} ${#@} ${#1} "${@#?}" "${*%?}"
