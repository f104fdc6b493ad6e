# Shows: pipelines whose stages run on different nodes.
# nodes: 2
onnode 1 cat /etc/passwd | onnode 0 grep '^root' | wc -l; seq 1 10 | onnode 1 sort -rn | head -n 3; onnode 1 seq 1 5 | onnode 0 cat | onnode 1 cat | tail -n 1; echo x | onnode 1 cat | tr x y
