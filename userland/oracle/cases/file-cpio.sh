# Shows: cpio archives out, list and in.
mkdir -p /tmp/s/d; cd /tmp/s; echo one >a; echo two >d/b; ln -s a l; find . | sort | cpio -o -H newc >../c 2>/dev/null; cd ..; cpio -t <c 2>/dev/null; mkdir o; cd o; cpio -id <../c 2>/dev/null; cat a d/b; readlink l; cpio -i <../c; echo $?
