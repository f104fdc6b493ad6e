# Shows: unzip lists, prints and extracts a deflated archive made elsewhere.
cd /tmp; base64 -d >z.zip <<'X'
UEsDBBQAAAAIAAAAIVifqBf4BgAAAAQAAAAFAAAAYS50eHTLz0vlAgBQSwMEFAAAAAgAAAAhWO+0
0OQ/AAAAbwAAAAcAAABkL2IudHh0DczBAcAwCAOx/02DbULC/ou1GkDChOYwXB6LCgkZBTU6aNBF
Dy0uLGwc3PjgwRc/vKSIyF+GNDlkyCWPLF18UEsBAhQDFAAAAAgAAAAhWJ+oF/gGAAAABAAAAAUA
AAAAAAAAAAAAAKSBAAAAAGEudHh0UEsBAhQDFAAAAAgAAAAhWO+00OQ/AAAAbwAAAAcAAAAAAAAA
AAAAAKSBKQAAAGQvYi50eHRQSwUGAAAAAAIAAgBoAAAAjQAAAAAA
X
TZ=UTC unzip -l z.zip | sed 1q; unzip -p z.zip a.txt; mkdir o; unzip -q z.zip -d o; echo $?; ls -R o; md5sum <o/d/b.txt; unzip nothere.zip; echo $?
