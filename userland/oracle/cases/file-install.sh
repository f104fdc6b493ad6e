# Shows: install copies with mode, makes folders.
cd /tmp; echo x >f; install -m 751 f g; stat -c %a g; install -d -m 700 a/b/c; stat -c %a a/b/c; install -D f p/q/r; cat p/q/r; install f a; ls a; install -o 5 -g 6 f h; stat -c '%u %g %a' h
