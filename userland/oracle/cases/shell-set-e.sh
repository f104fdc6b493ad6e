# Shows: where set -e ends the shell and where it does not.
sh -ec 'false; echo no'; echo $?
sh -ec 'false || true; echo yes'; echo $?
sh -ec 'if false; then :; fi; echo yes'; echo $?
sh -ec '! true; echo yes'; echo $?
sh -ec 'false | true; echo yes'; echo $?
sh -ec 'true | false; echo no'; echo $?
sh -ec 'f() { false; echo in f; }; f || echo or; echo yes'; echo $?
sh -ec 'x=$(false); echo no'; echo $?
sh -ec 'while false; do :; done; echo yes'; echo $?
sh -ec '(exit 3); echo no'; echo $?
sh -ec 'true && false; echo yes'; echo $?
sh -ec 'set +e; false; echo yes'; echo $?
