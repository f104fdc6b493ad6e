# Shows: who does not own a file gives it another name only if he may read and write it, and it is
# regular and without set-id bits.
mkdir /tmp/d; chmod 777 /tmp/d; cd /tmp/d
touch ro; touch rw; chmod 666 rw; cp rw suid; chmod 4777 suid; cp rw sgid; chmod 2777 sgid
cp rw lock; chmod 2766 lock; mkfifo p; chmod 666 p; ln -s rw l; mkdir sub; touch sub/x; chmod 666 sub/x
su -s /bin/sh bin -c 'for f in ro rw suid sgid lock p sub; do ln $f n-$f; echo $f $?; done
  ln sub/x sub/y; echo $?; ln ro sub/z; echo $?; touch own; chmod 0 own; ln own n-own; echo $?'
ln ro n-ro; echo $?; ls
