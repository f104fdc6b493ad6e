# Shows: two hundred dynamic programs, one after the other.
# image: debian-small
# shell: dash
i=0; while [ $i -lt 200 ]; do /usr/bin/true && i=$((i+1)); done; echo $i
