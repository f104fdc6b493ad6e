# Shows: standard input reaches the command, and may be left unread.
read first; echo "first: $first"; wc -l
