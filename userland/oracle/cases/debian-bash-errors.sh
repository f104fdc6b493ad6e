# Shows: bash's messages: not found, not executable, syntax, unset variables, bad substitution.
# image: debian-small
# shell: bash
nosuch; echo $?; /etc/passwd; echo $?; bash -c 'if'; echo $?; bash -uc 'echo $nope'; echo $?; bash -c 'echo ${x!}'; echo $?; bash -c 'cd /none'; echo $?; : </none; echo $?; bash -c 'exit 300'; echo $?; bash -ec 'false; echo no'; echo $?; bash -c 'declare -r r=1; r=2; echo no'; echo $?; echo $((1/0)); echo after
