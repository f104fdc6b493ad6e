# Shows: end of file comes when the last writer has closed, not before.
{ echo a; sleep 0.3 & } | cat; echo then; (sleep 0.3; echo late) | { cat; echo eof; }; { { sleep 1; echo slow >&3; } 3>&1 & echo fast; } | cat
