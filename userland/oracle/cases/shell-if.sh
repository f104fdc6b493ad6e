# Shows: if, elif, else, ! and && || with their exit statuses.
if true; then echo yes; else echo no; fi
if false; then echo yes; elif true; then echo elif; else echo no; fi
if false; then :; fi; echo $?
if ! false; then echo not; fi
true && echo and; false && echo no; false || echo or; true || echo no
false && true || echo chain; true && false || echo chain2; echo $?
! true; echo $?; ! false; echo $?
if (exit 3); then :; else echo "else $?"; fi
