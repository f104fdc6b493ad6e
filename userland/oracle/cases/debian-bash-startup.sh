# Shows: bash's options: -c with arguments, -s, -x, BASH_ENV, scripts, SHLVL, $0.
# image: debian-small
# shell: bash
# args: one two
echo $0 $# $2; echo 'echo from stdin $1' | bash -s arg; bash -xc 'echo traced; x=1' 2>&1; echo 'echo env file' >/tmp/e; BASH_ENV=/tmp/e bash -c :; printf '#!/bin/bash\necho script $0 $*; exit 4\n' >/tmp/s; chmod +x /tmp/s; /tmp/s a b; echo $?; echo $BASH_VERSINFO ${BASH##*/}; bash -c 'echo $-' | grep -c c; cd /tmp; pushd /etc >/dev/null; dirs; popd >/dev/null; pwd; bash --norc -c 'echo ${BASH_SUBSHELL}; (echo $BASH_SUBSHELL)'
