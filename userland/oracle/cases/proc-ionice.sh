# Shows: I/O priorities are set, asked for, inherited by fork and exec, and checked.
ionice; echo
ionice -c 2 -n 3 sh -c 'ionice; (ionice)'
ionice -c 3 ionice
ionice -c 2 -n 4 -p $$; ionice -p $$; ionice
ionice -c 0 -p $$; ionice -n 7 ionice; echo $?
ionice -p 99999; echo $?
su -s /bin/sh bin -c 'ionice -c 1 true; echo $?; ionice -c 2 -n 5 ionice'
