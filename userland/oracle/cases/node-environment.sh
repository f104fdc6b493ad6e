# Shows: environment, arguments, folder, umask and limits go along.
# nodes: 2
export V='a  b'; cd /tmp; umask 027; onnode 1 sh -c 'echo "$V"; pwd; umask; echo $#; echo "$2"' zero one 'two  words'; ulimit -n 50; onnode 1 sh -c 'ulimit -n'; onnode 1 sh -c 'cd /etc; V=changed; umask 0'; pwd; umask; echo "$V"
