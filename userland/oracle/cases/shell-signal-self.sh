# Shows: the script's own death by a signal is what the caller sees.
echo before
kill -TERM $$
echo after
