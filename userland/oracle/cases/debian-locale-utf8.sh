# Shows: characters and bytes in the C and C.UTF-8 locales.
# image: debian-small
# shell: bash
s='äöü€'; echo ${#s}; LC_ALL=C.UTF-8 bash -c 's=äöü€; echo ${#s} ${s:1:2} ${s^^}'; LC_ALL=C.UTF-8 wc -m <<<$s; wc -c <<<$s; printf 'b\nä\na\n' | sort | paste -s; LC_ALL=C.UTF-8 grep -o . <<<'äb' | wc -l; LC_ALL=C.UTF-8 printf '%5s|\n' ä; LC_ALL=C.UTF-8 ls /nothere; LC_ALL=xx_YY bash -c 'echo fallback' 2>/dev/null; LC_ALL=C.UTF-8 tr a-z A-Z <<<'aäb'; printf '\u00e9\U1F600\n' | od -An -tx1
