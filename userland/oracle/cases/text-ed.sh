# Shows: ed prints, substitutes, appends, moves and writes.
cd /tmp; seq 1 5 >f; printf '2p\n3s/3/three/\n1a\nnew\n.\n$d\n,p\nw\nq\n' | ed f; cat f; printf 'q\n' | ed nothere; echo $?
