# Shows: bash reports deaths by signals and its own messages.
# image: debian-small
# shell: bash
# stderr: any
for s in HUP INT KILL TERM USR1 SEGV ABRT PIPE; do bash -c "kill -$s \$\$"; echo $s $?; done; trap 'echo int; exit 3' INT; kill -INT $$; echo no
