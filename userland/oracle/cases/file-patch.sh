# Shows: patch applies, reverses, makes files, and refuses what does not fit.
cd /tmp; seq 1 10 >a; cp a o; sed 's/5/five/' a >b; diff -u a b >p; patch a p; cmp a b; echo $?; patch -R a p; cmp a o; echo $?; seq 20 30 >z; patch z p; echo $?; printf -- '--- /dev/null\n+++ new\n@@ -0,0 +1 @@\n+hello\n' | patch -p0; cat new; ls
