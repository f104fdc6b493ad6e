# Shows: what a process in the background gets: SIGTTIN, SIGTTOU, or EIO.
# image: debian-terminal
cat >/tmp/case.pl <<'EOF'
use POSIX (); $| = 1; $SIG{ALRM} = sub { print "too late\n"; exit 1 }; alarm 60;
sub pty { open(my $m, "+<", "/dev/ptmx") or die "ptmx: $!"; my $n = pack("i", 0); ioctl($m, 0x80045430, $n) or die; my $z = pack("i", 0); ioctl($m, 0x40045431, $z) or die; $name = "/dev/pts/" . unpack("i", $n); sysopen(my $s, $name, 0402) or die "$name: $!" unless $_[0]; ($m, $s) }
sub modes { my ($f, $on, $off, %cc) = @_; my $t = "\0" x 64; ioctl($f, 0x5401, $t) or die; my @t = unpack("V4CC19", $t); for (0..3) { $t[$_] = ($t[$_] & ~($off->[$_] // 0)) | ($on->[$_] // 0) } $t[5 + $_] = $cc{$_} for keys %cc; my $new = pack("V4CC19x24", @t); ioctl($f, 0x5402, $new) or die "modes: $!" }
sub text { my ($b) = @_; $b =~ s/([^ -~])/sprintf "<%02x>", ord $1/ge; $b }
sub get { my ($f, $n) = @_; my $b; my $r = sysread($f, $b, $n || 4096); defined $r ? "$r " . text($b) : "$!" }
sub put { my $r = syswrite($_[0], $_[1]); print "wrote ", defined $r ? $r : "$!", "\n" if !defined $r || $r != length $_[1] }
sub drain { my ($f) = @_; my ($v, $b) = (""); vec($v, fileno $f, 1) = 1; my $all = ""; while (select(my $r = $v, undef, undef, 0.1)) { sysread($f, $b, 4096) or last; $all .= $b } text($all) }
my ($m, $s) = pty(1); put($m, "line\n"); my $pid = fork; if (!$pid) { POSIX::setsid(); open($s, "+<", $name); my $g = pack("i", $$);
sub child { my ($what, $run) = @_; my $kid = fork; if (!$kid) { setpgrp(0, 0); print "$what: ", $run->(), "\n"; exit 0 } waitpid($kid, 2); open(my $st, "<", "/proc/$kid/stat"); if ($st && <$st> =~ /\) T /) { print "$what: stopped\n"; kill 9, $kid; waitpid($kid, 0) } }
sub modes_again { my $t = "\0" x 64; ioctl($s, 0x5401, $t); ioctl($s, 0x5402, $t) ? "set" : "$!" }
child("read", sub { get($s) }); child("read, ignoring", sub { $SIG{TTIN} = "IGNORE"; get($s) });
child("read, blocking", sub { POSIX::sigprocmask(0, POSIX::SigSet->new(21)); get($s) });
child("read, catching", sub { $SIG{TTIN} = sub { print "caught\n"; exit 0 }; get($s) });
child("modes, catching", sub { $SIG{TTOU} = sub { print "caught\n"; exit 0 }; modes_again() }); child("write", sub { put($s, "x"); "done" }); child("modes", \&modes_again);
child("modes, ignoring", sub { $SIG{TTOU} = "IGNORE"; modes_again() });
child("flush", sub { ioctl($s, 0x540b, 0) ? "done" : "$!" }); child("window", sub { my $w = pack("S4", 5, 6, 0, 0); ioctl($s, 0x5414, $w) ? "set" : "$!" });
modes($s, [0, 0, 0, 0x100], []); child("write, TOSTOP", sub { put($s, "y"); "done" }); child("write, TOSTOP, ignoring", sub { $SIG{TTOU} = "IGNORE"; put($s, "z"); "done" });
pipe(my $r, my $w); my $kid = fork; if (!$kid) { my $up = $$; my $grand = fork; exit 0 if $grand; setpgrp(0, 0); select(undef, undef, undef, 0.1) while getppid == $up; syswrite($w, "orphan: " . get($s) . ", " . modes_again() . "\n"); exit 0 } waitpid($kid, 0); close $w; print <$r>; print "master ", drain($m), "\n"; exit 0 } waitpid($pid, 0); print "status $?\n";
EOF
perl /tmp/case.pl; exit $?
