# Shows: . and .. are there and lead where they should; they cannot be removed or renamed.
mkdir -p /tmp/a/b; cd /tmp/a/b; ls -a; ls -ad . ..; [ . -ef /tmp/a/b ] && echo dot; [ .. -ef /tmp/a ] && echo dotdot; [ / -ef /.. ] && echo root; rmdir .; echo $?; mv . x; echo $?; rm -r ..; echo $?; cd ../..; ls a
