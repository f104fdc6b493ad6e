# Shows: forty links in a row resolve, forty-one give ELOOP.
cd /tmp; echo end >l0; i=0; while [ $i -lt 41 ]; do ln -s l$i l$((i+1)); i=$((i+1)); done; cat l40; echo $?; cat l41; echo $?
