# Shows: a pipeline of twenty stages carries all its bytes.
seq 1 5000 | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | md5sum
