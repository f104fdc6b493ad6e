# Shows: dos2unix and unix2dos change line ends in place and in a pipe.
cd /tmp; printf 'a\r\nb\r\n' >f; dos2unix f; od -c f; unix2dos f; od -c f; printf 'x\n' | unix2dos | od -c; printf 'x\r\n' | dos2unix | od -c
