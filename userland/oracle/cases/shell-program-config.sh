# Shows: a configure-like script: probes, generated files, here-documents with substitution.
cd /tmp; mkdir src; for f in a b c; do echo "int $f(void) { return 0; }" >src/$f.c; done; check() { printf 'checking for %s... ' "$1"; if command -v "$1" >/dev/null; then echo yes; else echo no; return 1; fi; }; check sh; check nosuchtool || missing=1; srcs=$(ls src/*.c | tr '\n' ' '); cat >Makefile <<M
SRCS = $srcs
OBJS = \$(SRCS:.c=.o)
MISSING = ${missing:-0}
M
cat Makefile; sed -e 's|@PREFIX@|/usr/local|g' -e "s|@COUNT@|$(echo $srcs | wc -w)|" >out <<'M'
prefix=@PREFIX@ count=@COUNT@
M
cat out
