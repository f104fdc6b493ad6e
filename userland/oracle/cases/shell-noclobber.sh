# Shows: set -C refuses to overwrite a file, not a device; >| does it anyway.
cd /tmp; set -C
echo a >n; echo b >n; echo $?; cat n
echo c >|n; cat n; echo d >>n; cat n
echo e >/dev/null; echo $?
set +C; echo f >n; cat n
