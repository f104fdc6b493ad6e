# Shows: an ignored signal stays ignored through exec, a caught one is reset.
trap '' TERM; sh -c 'kill -TERM $$; echo alive'; trap 'echo caught' TERM; sh -c 'kill -TERM $$; echo no'; echo $?; trap - TERM; sh -c 'trap "" HUP; exec sh -c "kill -HUP \$\$; echo still alive"'
