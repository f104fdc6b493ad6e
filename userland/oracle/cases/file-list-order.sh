# Shows: a directory lists its newest name first; what a rename or a link puts there is the newest.
mkdir /tmp/d; cd /tmp/d
touch c a b; find .; ls -f
mv a z; touch a; find .
mv z c; ln b y; echo x >b; find .
rm a; touch a; mkdir s; touch s/1 s/2; mv s/1 .; find .
du -a | cut -f2; tar cf - . | tar t
rm -rv s c
