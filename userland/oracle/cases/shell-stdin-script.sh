# Shows: a shell that reads its commands from standard input shares it with its children.
printf 'echo one\nread x\nthis is data\necho "got $x"\n' | sh
printf 'cat\nall the rest\nis data\n' | sh
