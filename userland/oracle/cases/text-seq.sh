# Shows: seq with steps, backwards, decimals, widths, separators and nothing.
seq 3; seq 2 4; seq 1 3 10; seq 5 -2 1; seq 0.5 0.5 2; seq -w 8 11; seq -s, 1 5; seq 5 1; echo end; seq 1 0.1 1.3; seq -5 -3; seq 1 100000 | tail -n 1; seq 1 40000 | md5sum; seq 9223372036854775806 9223372036854775807 2>/dev/null | head -n 1
