# Shows: a here-document larger than a pipe's buffer reaches its reader whole.
text=$(seq 1 30000)
wc -c <<X
$text
X
md5sum <<X
$text
X
