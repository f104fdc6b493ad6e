# Shows: a background job of a script reads from /dev/null, unless told otherwise.
echo data | sh -c 'cat & wait; echo "left: $(cat)"'; echo data | sh -c 'exec 3<&0; cat <&3 & wait; echo end'
