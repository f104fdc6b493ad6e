# Shows: bash's brace expansion, case changes, indirection, substitution, quoting forms.
# image: debian-small
# shell: bash
echo {a,b}{1..3} {5..1..2} {a..e} x{,y}z; s=Hello; echo ${s^^} ${s,,} ${s^} ${s,} ${s/l/L} ${s//l/L} ${s:1:3} ${s: -2} ${#s}; v=s; echo ${!v}; printf '%q %s\n' 'a b' "$'x'"; echo $'tab\there\u00e9\x41'; echo ${s@Q} ${s@U};
shopt -s extglob nullglob
 case foobar in +(foo|bar)) echo ext;; esac; echo nomatch*; t=aXbXc; echo ${t%%X*} ${t##*X}; IFS=X read -r p q r <<<$t; echo $q; printf -v out '%05d' 42; echo $out; echo "${u:-default}" "${u+set}"; set -- a b c d; echo "${@:2:2}" "${!#}"
