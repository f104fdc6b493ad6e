# Shows: dash's pipelines with dynamic GNU programs.
# image: debian-small
# shell: dash
seq 1 1000 | sort -rn | head -n 3 | tac | paste -sd,; echo b a c | tr ' ' '\n' | sort | uniq | wc -l; seq 1 100000 | md5sum; yes | head -n 2; { echo out; echo err >&2; } 2>&1 | sort; seq 5 | while read i; do echo $((i*i)); done | paste -sd+
