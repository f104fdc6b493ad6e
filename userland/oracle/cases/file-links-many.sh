# Shows: a file with two hundred names; the count goes up and down.
cd /tmp; echo x >f; i=0; while [ $i -lt 200 ]; do ln f l$i; i=$((i+1)); done; stat -c %h f; rm l1*; stat -c %h f; echo y >>l5; cat f; rm f; cat l5; ls | wc -l; rm l*; ls
