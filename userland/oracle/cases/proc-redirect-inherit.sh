# Shows: open descriptors pass through fork and exec; closed ones do not.
cd /tmp; exec 5>f; sh -c 'echo child >&5; sh -c "echo grandchild >&5"'; echo parent >&5; exec 5>&-; cat f; sh -c 'echo x >&5' ; echo $?; sh -c 'exec 7<f; sh -c "cat <&7"'; { sh -c 'read a <&9; echo $a; sh -c "read b <&9; echo \$b"'; } 9<f 2>/dev/null
