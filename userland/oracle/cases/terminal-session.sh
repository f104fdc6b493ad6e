# Shows: who gets a controlling terminal, what it answers about sessions and groups, who loses it.
# image: debian-terminal
cat >/tmp/case.pl <<'EOF'
use POSIX (); $| = 1; $SIG{ALRM} = sub { print "too late\n"; exit 1 }; alarm 60;
sub pty { open(my $m, "+<", "/dev/ptmx") or die "ptmx: $!"; my $n = pack("i", 0); ioctl($m, 0x80045430, $n) or die; my $z = pack("i", 0); ioctl($m, 0x40045431, $z) or die; $name = "/dev/pts/" . unpack("i", $n); sysopen(my $s, $name, 0402) or die "$name: $!" unless $_[0]; ($m, $s) }
sub modes { my ($f, $on, $off, %cc) = @_; my $t = "\0" x 64; ioctl($f, 0x5401, $t) or die; my @t = unpack("V4CC19", $t); for (0..3) { $t[$_] = ($t[$_] & ~($off->[$_] // 0)) | ($on->[$_] // 0) } $t[5 + $_] = $cc{$_} for keys %cc; my $new = pack("V4CC19x24", @t); ioctl($f, 0x5402, $new) or die "modes: $!" }
sub text { my ($b) = @_; $b =~ s/([^ -~])/sprintf "<%02x>", ord $1/ge; $b }
sub get { my ($f, $n) = @_; my $b; my $r = sysread($f, $b, $n || 4096); defined $r ? "$r " . text($b) : "$!" }
sub put { my $r = syswrite($_[0], $_[1]); print "wrote ", defined $r ? $r : "$!", "\n" if !defined $r || $r != length $_[1] }
sub drain { my ($f) = @_; my ($v, $b) = (""); vec($v, fileno $f, 1) = 1; my $all = ""; while (select(my $r = $v, undef, undef, 0.1)) { sysread($f, $b, 4096) or last; $all .= $b } text($all) }
sub num { my ($f, $op) = @_; my $n = pack("i", 0); ioctl($f, $op, $n) ? unpack("i", $n) : "$!" }
sub own { open(my $t, "+<", "/dev/tty") ? "own" : "none: $!" }
my ($m, $s) = pty(); print "before: ", own(), ", ", num($s, 0x540f), ", master ", num($m, 0x540f), "\n";
print "not a leader: ", ioctl($s, 0x540e, 0) ? "taken" : "$!", "\n"; close $s;
my $pid = fork; if (!$pid) { POSIX::setsid(); print "leader: ", own(), "\n"; sysopen($s, $name, POSIX::O_RDWR() | POSIX::O_NOCTTY()); print "NOCTTY: ", own(), "\n"; sysopen(my $w, $name, POSIX::O_WRONLY()); print "write only: ", own(), "\n";
 open(my $t, "+<", $name); print "opened: ", own(), ", group ", num($t, 0x540f) == $$ ? "mine" : "not mine", ", master ", num($m, 0x540f) == $$ ? "knows" : "does not", "\n";
 my ($m2, $s2) = pty(); print "second: ", num($s2, 0x540f), ", ", ioctl($s2, 0x540e, 0) ? "taken" : "$!", "\n";
 pipe(my $r, my $w2); my $kid = fork; if (!$kid) { setpgrp(0, 0); syswrite($w2, "x"); sleep 30; exit } sysread($r, my $b, 1);
 my $g = pack("i", $kid); print "foreground: ", ioctl($t, 0x5410, $g) ? num($t, 0x540f) == $kid ? "the child's" : "?" : "$!", "\n";
 $SIG{TTOU} = "IGNORE"; $g = pack("i", $$); print "back, ignoring: ", ioctl($t, 0x5410, $g) ? "mine" : "$!", "\n";
 for my $x (-5, getppid, 4000000) { $g = pack("i", $x); print "wrong: ", ioctl($t, 0x5410, $g) ? "set" : "$!", "\n" }
 kill 9, $kid; waitpid($kid, 0); my $other = fork; if (!$other) { POSIX::setsid(); print "other session: ", own(), ", ", num($t, 0x540f), ", ", ioctl($t, 0x540e, 0) ? "taken" : "$!", ", ", own(), "\n"; exit } waitpid($other, 0); print "robbed: ", own(), "\n";
 $SIG{HUP} = "IGNORE"; print "again: ", ioctl($t, 0x540e, 0) ? "taken" : "$!", ", ", own(), "\n"; print "given up: ", ioctl($t, 0x5422, 0) ? "yes" : "$!", ", ", own(), ", ", ioctl($t, 0x5422, 0) ? "yes" : "$!", "\n"; exit 0 } waitpid($pid, 0); print "status $?\n";
EOF
perl /tmp/case.pl; exit $?
