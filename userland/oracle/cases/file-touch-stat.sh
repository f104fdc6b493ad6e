# Shows: times set by touch -d, -t, -r and shown by stat, ls and find; zones fixed.
export TZ=UTC; cd /tmp; touch -d '2020-02-29 12:34:56' f; stat -c '%y %Y' f; touch -d @1000000000 f; stat -c '%X %Y' f; touch -t 199912312359.58 g; stat -c '%y' g; touch -r f g; stat -c %Y g
ls -l --full-time f | awk '{print $6,$7,$8,$9}'; touch -c nothere; ls nothere; touch -d '1970-01-01 00:00:00' e; stat -c %Y e; touch -d @4000000000 z; stat -c %Y z; touch -d bogus f; echo $?; TZ=EST5 ls -l --full-time f | awk '{print $6,$7,$8}'
touch -h -d @5 f; ln -s f l; touch -h -d @7 l; stat -c %Y l f; touch -m -d @9 f; touch -a -d @8 f; stat -c '%X %Y' f
