# Shows: run-parts runs the programs of a folder in order and reports a failure.
mkdir /tmp/p; cd /tmp/p; for i in 10a 20b 30c; do printf '#!/bin/sh\necho $(basename $0) $1\n' >$i; chmod +x $i; done; echo no >40d; run-parts /tmp/p; run-parts -a arg /tmp/p; run-parts --test /tmp/p; printf '#!/bin/sh\nexit 3\n' >15x; chmod +x 15x; run-parts /tmp/p; echo $?
