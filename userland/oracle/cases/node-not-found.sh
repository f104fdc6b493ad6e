# Shows: 127 and 126 from the other node.
# nodes: 2
# stderr: any
onnode 1 nosuchcommand; echo $?; onnode 1 /etc/passwd; echo $?; onnode 1 /nonexistent/x; echo $?
