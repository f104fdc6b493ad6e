# Shows: unzip lists, tests and extracts a stored archive.
cd /tmp; base64 -d >z.zip <<'X'
UEsDBAoAAAAAAAAAIVgPj3f8BAAAAAQAAAAFAAAAYS50eHRvbmUKUEsDBAoAAAAAAAAAIVg+HaTyBAAAAAQAAAAHAAAAZC9iLnR4dHR3bwpQSwECFAMKAAAAAAAAACFYD493/AQAAAAEAAAABQAAAAAAAAAAAAAApIEAAAAAYS50eHRQSwECFAMKAAAAAAAAACFYPh2k8gQAAAAEAAAABwAAAAAAAAAAAAAApIEnAAAAZC9iLnR4dFBLBQYAAAAAAgACAGgAAABQAAAAAAA=
X
unzip -l z.zip | sed 1q; unzip -p z.zip a.txt; mkdir o; unzip -q z.zip -d o 2>/dev/null; echo $(($? <= 1)); ls -R o; unzip nothere.zip; echo $?
