# Shows: a new session leads its own group; its children are in it.
setsid sh -c 'kill -0 -$$ && echo group is mine; sh -c "kill -0 -$$ && echo child sees it"; (kill -0 -$$ && echo subshell too)'; sh -c 'kill -0 -$$' 2>/dev/null; echo $?
