# Shows: counting words with a shell loop, eval and functions.
text='the cat and the dog and the bird'; for w in $text; do eval "n_$w=\$((\${n_$w-0}+1))"; done; for w in the and cat dog bird; do eval "echo $w \$n_$w"; done
