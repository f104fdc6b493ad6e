# Shows: opening for reading, writing, appending, both; on files, folders and devices without the right.
cd /tmp; (exec 3</tmp; echo opened folder; read x <&3; echo $?) 2>&1; (exec 3>/tmp) 2>&1; echo $?; (exec 3<>new; echo $?; ls new); (exec 3<nothere) 2>&1; echo $?; echo data >r; chmod 444 r; echo more >>r; cat r; (exec 3>>/dev/null; echo x >&3; echo $?); (exec 3<&7) 2>&1; echo $?
