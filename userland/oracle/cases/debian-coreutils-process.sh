# Shows: GNU env, timeout, nice, nohup, stdbuf, kill, sleep, tee, yes, printenv, id, date, seq.
# image: debian-small
env -i A=1 B=2 env | sort; env -u HOME printenv HOME; echo $?; timeout 0.2 sleep 5; echo $?; timeout --preserve-status 0.2 sleep 5; echo $?; timeout -s KILL 0.2 sleep 5; echo $?; timeout 0 true; echo $?; nice -n 5 nice; nohup echo nohup 2>/dev/null; env nosuch; echo $?; env /etc/passwd; echo $?; /usr/bin/kill -l 9; sleep 0.1s 0.1; echo $?; echo x | tee /tmp/a | cat; yes y | head -n 2; id -u; TZ=UTC date -d '2024-01-31 +1 month' +%F; TZ=UTC date -d @1700000000 --iso-8601=seconds; date -d bad; echo $?; seq -f %03g 1 3; stdbuf -o0 echo unbuffered; printf '%q\n' "it's" ; test a = a; echo $?; chroot / true; echo $?; nproc | awk '{print ($1 > 0)}'; tty </dev/null; uname -m; basename /a/b.c .c; dirname /a/b; env -S 'echo split' x; [ 1 -lt 2 ]; echo $?; sort --parallel=2 <<X | paste -s
b
a
X
