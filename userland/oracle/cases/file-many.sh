# Shows: a folder of three thousand files is made, listed, found and removed.
mkdir /tmp/m; cd /tmp/m; seq 1 3000 | sed 's/^/f/' | xargs touch; ls | wc -l; ls | sort | md5sum; find . -name 'f1?0' | sort | tr '\n' ' '; echo; rm f1*; ls | wc -l; echo f2??0 | wc -w; find . -type f -exec rm {} +; ls | wc -l; cd ..; rmdir m; echo $?
