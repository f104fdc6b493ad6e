# Shows: wc's lines, words, bytes, longest line; several files and totals.
cd /tmp; printf 'one two\nthree\n' >a; printf 'no newline' >b; wc a; wc b; wc -l a b; wc -w a; wc -c a b; wc -L a; wc <a; : | wc; wc nothere a; echo $?; seq 1 20000 | wc; printf 'a\tb\vc\fd' | wc -w; printf 'ü' | wc -c
