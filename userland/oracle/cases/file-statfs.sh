# Shows: df and stat -f have answers for the root and /tmp.
df -P / | awk 'NR==1 {print $1,$2} NR==2 {print (NF >= 6)}'; df -P /tmp >/dev/null; echo $?; stat -f -c '%s' / | awk '{print ($1 >= 512)}'; df nothere; echo $?; sync; echo $?
