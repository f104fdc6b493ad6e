# Shows: dc: stack, precision, registers, macros, bases.
dc -e '2 3+p'; dc -e '10k 1 3/p'; dc -e '2 100^p'; dc -e '5 sa la la*p'; dc -e '[lb 1- sb lb p 0<x]sx 3 sb lxx' ; echo '1 2 3 f' | dc; dc -e '16o255p'; dc -e '2i1010p'; dc -e '20k 2vp'; dc -e '7 3~f'
