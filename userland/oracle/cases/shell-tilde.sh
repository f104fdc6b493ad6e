# Shows: tilde expansion by HOME.
HOME=/tmp/home; echo ~ ~/x "~" a~ ; x=~/y; echo $x; x=a:~/b; echo $x; cd /; mkdir /tmp/home; cd; pwd; cd -; echo ~root
