# Shows: basename and dirname, which, realpath.
basename /a/b/c; basename /a/b/c.txt .txt; basename /; basename a/; basename ''; dirname /a/b/c; dirname a; dirname /; dirname /a; dirname a//b//; which sh ls nothere; echo $?; realpath /etc/../etc/passwd; realpath /nothere/x; echo $?
