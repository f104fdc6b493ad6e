# Shows: sed's substitution, addresses, ranges, flags, groups, and in-place editing.
cd /tmp; seq 1 10 >f; sed -n 3p f; sed -n '2,4p;$p' f; sed 5,9d f; sed '/3/,/5/s/$/x/' f | head -n 5; sed '3!d' f; sed -n '/[13]$/=' f; sed 's/1/one/2' f | tail -n 1; echo aaa | sed 's/a/b/2;s/a/c/g'
echo hello world | sed 's/\(h.*o\) \(w.*\)/\2 \1/; s/o/&&/g'; echo abc | sed -E 's/(a)(b)?/[\2\1]/'; echo a/b | sed 's,/,|,; y/ab/xy/'; echo ABC | sed 's/b/x/I'; sed -i 's/^/> /' f; head -n 2 f; sed -i.bak 1d f; ls f*; echo x | sed 'q;d'; echo $?; printf 'a\nb\n' | sed = ; printf 'no newline' | sed 's/o/0/'
