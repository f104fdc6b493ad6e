# Shows: ulimit sets and shows limits; a descriptor limit is met; children inherit.
ulimit -n 20; ulimit -n; sh -c 'ulimit -n'
sh -c 'exec 19</dev/null && echo 19 ok'; sh -c 'exec 20</dev/null; echo not reached'; echo $(( $? != 0 ))
ulimit -n 30; echo $?
ulimit -S -c 0; ulimit -c
