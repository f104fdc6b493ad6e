# Shows: the classic word count over pipes.
cat > /tmp/t <<'X'
The sea is calm tonight. The tide is full, the moon lies fair
Upon the straits; on the French coast the light
Gleams and is gone; the cliffs of England stand
X
tr -cs A-Za-z '\n' </tmp/t | tr A-Z a-z | sort | uniq -c | sort -k1,1nr -k2 | head -n 5
