# Shows: link and unlink make and remove exactly one name.
cd /tmp; echo x >a; link a b; cat b; unlink a; ls; unlink nothere; echo $?; mkdir d; unlink d; echo $?; link b b; echo $?
