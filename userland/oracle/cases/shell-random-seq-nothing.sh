# Shows: empty commands, comments, line continuation and semicolons.
: ; # comment
echo a \
b; echo c#d; echo e # f
{ echo g; }
if :; then
  # only a comment
  :
fi; echo h
