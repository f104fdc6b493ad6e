# Shows: more and less pass text through when there is no terminal.
seq 1 3 | more; seq 1 3 | less; seq 1 3 >/tmp/f; more /tmp/f
