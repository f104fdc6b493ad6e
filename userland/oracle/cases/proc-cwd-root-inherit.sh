# Shows: a child has its parent's folder and umask, and changes only its own.
cd /tmp; umask 077; sh -c 'pwd; umask; cd /; umask 0'; pwd; umask; (cd /etc; umask 0); pwd; umask; mkdir d; cd d; sh -c 'rmdir /tmp/d; cd ..; pwd'
