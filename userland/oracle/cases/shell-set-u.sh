# Shows: set -u with unset variables, and the forms that are allowed.
sh -uc 'echo $nope; echo no'; echo $?
sh -uc 'echo ${nope-ok} ${nope:+x}; echo yes'; echo $?
sh -uc 'echo "$@" $#; echo yes'; echo $?
sh -uc 'echo $1; echo no'; echo $?
