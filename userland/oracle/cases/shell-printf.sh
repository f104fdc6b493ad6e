# Shows: printf's formats, reuse of the format, widths and errors.
printf '%s-%s\n' a b c; printf '%5s|%-5s|%05d|%+d\n' ab cd 42 7; printf '%x %X %o %#x %#o\n' 255 255 8 255 8
printf '%c%c\n' hello world; printf '%b\n' 'a\tb\101'; printf '%q\n' plain 2>/dev/null; printf '%%\n'
printf '%.3s|%10.3f|%e|%g\n' abcdef 3.14159 12345.678 0.0001
printf '%d %d %d\n' 0x10 010 "'A"; printf '%d\n' abc; echo $?; printf '%*d|%-*d|\n' 5 42 5 42
printf 'no newline'; echo; printf '\x41\102\n'; printf '%u\n' -1; printf '%s\n'
printf '%d\n' 9223372036854775807 -9223372036854775808
