# Shows: bytes above 127 pass through sed, awk, tr, sort, cut and the shell.
v='äöü€😀'; echo $v; echo $v | sed 's/ö/o/'; echo $v | wc -c; echo ${#v}; echo $v | od -An -tx1; printf 'ü\nz\na\n' | sort; echo $v | awk '{print length($0)}'; echo $v | cut -b1-2; echo $v | rev | wc -c; case $v in ä*) echo match;; esac; cd /tmp; echo x >"$v"; ls; rm *
