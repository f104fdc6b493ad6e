# Shows: test and [ with strings, numbers, files and their combinations.
t() { "$@"; echo "$? : $*"; }
t [ a = a ]; t [ a = b ]; t [ a != b ]; t [ -z '' ]; t [ -n '' ]; t [ x ]; t [ '' ]; t [ ]
t [ 1 -eq 01 ]; t [ 2 -gt 1 ]; t [ -1 -lt 0 ]; t [ 3 -le 2 ]; t [ 5 -ge 5 ]; t [ 1 -ne 2 ]
t [ a -a '' ]; t [ a -o '' ]; t [ ! a ]; t [ ! -z a ]; t [ '(' a = a ')' ]
cd /tmp; : >e; echo x >f; mkdir d; ln -s f l; ln -s nowhere b; mkfifo p; chmod 0 e
for o in -e -f -d -L -h -p -s -r -w -x -b -c -S; do for x in e f d l b p /dev/null none; do [ $o $x ] && echo "$o $x"; done; done
touch -d '2020-01-01' old; t [ f -nt old ]; t [ old -ot f ]; ln f g; t [ f -ef g ]; t [ f -ef old ]
t [ 1 -eq x ]
