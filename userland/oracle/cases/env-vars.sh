# Shows: PATH, HOME, PWD, OLDPWD, PPID, SHLVL, LINENO, IFS and what a child sees.
echo "$HOME"; cd /tmp; echo $PWD $OLDPWD; sh -c 'echo $PWD'; PWD=/wrong sh -c 'echo $PWD'; [ $PPID -ge 0 ] && echo ppid; echo $LINENO; HOME=/x sh -c 'echo ~'; printf %s "$IFS" | od -An -c; echo "${HOSTNAME-unset}" | wc -l; env | grep -c '^PATH='; echo ${OPTIND} ${PS2} ${PS4}
