# Shows: set -f, set -n, set -v, set -o and $-.
cd /etc; set -f; echo pass*; set +f; echo pass*
sh -nc 'echo never'; echo $?
printf 'echo a\necho b\n' | sh -v
set -o pipefail; set -o | grep pipefail
case $- in *e*) echo has e;; *) echo no e;; esac
set -e; case $- in *e*) echo has e;; esac
