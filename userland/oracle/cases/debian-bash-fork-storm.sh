# Shows: three hundred subshells and two hundred programs of bash.
# image: debian-small
# shell: bash
n=0; for ((i=0;i<300;i++)); do (exit $((i%3))); n=$((n+$?)); done; echo $n; for ((i=0;i<200;i++)); do /usr/bin/true; done; echo $i; for i in {1..50}; do (exit $((i%5))) & done; wait; echo $?; x=; for i in {1..100}; do x+=$(echo $i); done; echo ${#x}
