# Shows: of twenty processes that make the same name exclusively, one wins.
cd /tmp; for i in $(seq 1 20); do (set -C; echo $i >lock) 2>/dev/null && echo won & done | wc -l; wait; wc -l <lock; for i in $(seq 1 20); do mkdir d 2>/dev/null && echo won & done | wc -l; for i in $(seq 1 20); do ln -s x l 2>/dev/null && echo won & done | wc -l; wait; ls
