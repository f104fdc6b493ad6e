# Shows: forty mktemp files are all different and can be removed together.
cd /tmp; i=0; while [ $i -lt 40 ]; do mktemp /tmp/t.XXXXXX; i=$((i+1)); done | sort -u | wc -l; ls t.* | wc -l; rm t.*; ls
