# Shows: groups with redirections, pipelines between groups, their status.
{ echo a; echo b >&2; } 2>&1 | sort; { echo x; { echo y; } >&2; } 2>/dev/null; { false; }; echo $?; { exit 3; } | cat; echo $?; { echo 1; echo 2; } >/tmp/f; cat /tmp/f; { read a; read b; } </tmp/f; echo $b$a; (cd /tmp; { pwd; }) && pwd; { true; } && { false; } || { echo or; }
