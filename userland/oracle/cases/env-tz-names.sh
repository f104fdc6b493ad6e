# Shows: time zones given as POSIX strings: quoted names, half hours, no summer time, wrong ones.
for z in UTC GMT0 'EST5' 'IST-5:30' '<+03>-3' 'NZST-12NZDT,M9.5.0,M4.1.0/3' 'PST8PDT' 'XYZ' ':nothere' 'AAA10:30:15'; do TZ=$z date -d @1700000000 '+%F %T %z'; done; TZ=UTC date -d '2024-12-31 23:59:59' '+%j %U %V %G'; TZ=UTC date -d '2021-01-01' '+%j %U %V %G'; TZ=UTC date -d @951782400 '+%F %a'
