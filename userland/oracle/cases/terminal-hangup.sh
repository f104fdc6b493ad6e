# Shows: both ends of a pseudo-terminal: closed, opened again, hung up; who is told.
# image: debian-terminal
cat >/tmp/case.pl <<'EOF'
use POSIX (); $| = 1; $SIG{ALRM} = sub { print "too late\n"; exit 1 }; alarm 60;
sub pty { open(my $m, "+<", "/dev/ptmx") or die "ptmx: $!"; my $n = pack("i", 0); ioctl($m, 0x80045430, $n) or die; my $z = pack("i", 0); ioctl($m, 0x40045431, $z) or die; $name = "/dev/pts/" . unpack("i", $n); sysopen(my $s, $name, 0402) or die "$name: $!" unless $_[0]; ($m, $s) }
sub modes { my ($f, $on, $off, %cc) = @_; my $t = "\0" x 64; ioctl($f, 0x5401, $t) or die; my @t = unpack("V4CC19", $t); for (0..3) { $t[$_] = ($t[$_] & ~($off->[$_] // 0)) | ($on->[$_] // 0) } $t[5 + $_] = $cc{$_} for keys %cc; my $new = pack("V4CC19x24", @t); ioctl($f, 0x5402, $new) or die "modes: $!" }
sub text { my ($b) = @_; $b =~ s/([^ -~])/sprintf "<%02x>", ord $1/ge; $b }
sub get { my ($f, $n) = @_; my $b; my $r = sysread($f, $b, $n || 4096); defined $r ? "$r " . text($b) : "$!" }
sub put { my $r = syswrite($_[0], $_[1]); print "wrote ", defined $r ? $r : "$!", "\n" if !defined $r || $r != length $_[1] }
sub drain { my ($f) = @_; my ($v, $b) = (""); vec($v, fileno $f, 1) = 1; my $all = ""; while (select(my $r = $v, undef, undef, 0.1)) { sysread($f, $b, 4096) or last; $all .= $b } text($all) }
my ($m, $s) = pty(); put($s, "left behind"); close $s; print "master ", get($m), ", then ", get($m), "\n";
put($m, "typed before\n"); sysopen($s, $name, 0402) or die; print "slave ", get($s), "\n"; print "master ", drain($m), "\n";
my $v = ""; vec($v, fileno $s, 1) = 1; print "select ", scalar select(my $r = $v, undef, undef, 0), "\n";
my $pid = fork; if (!$pid) { close $m; print "blocked read: ", get($s), "\n"; exit 0 } select(undef, undef, undef, 0.3); close $m; waitpid($pid, 0);
print "select ", scalar select($r = $v, undef, undef, 0), "\n", "slave ", get($s), "\n"; put($s, "x"); my $t = "\0" x 64; print "modes ", ioctl($s, 0x5401, $t) ? "there" : "$!", "\n"; my $p = pack("i", 1); print "group ", ioctl($s, 0x5410, $p) ? "set" : "$!", "\n"; print -e $name ? "named\n" : "nameless\n"; close $s;
($m, $s) = pty(1); pipe(my $in, my $out); $pid = fork; if (!$pid) { close $m; POSIX::setsid(); open($s, "+<", $name); my $got = ""; $SIG{HUP} = sub { $got .= "HUP " }; $SIG{CONT} = sub { $got .= "CONT " };
 my $kid = fork; if (!$kid) { $SIG{HUP} = sub { syswrite($out, "child HUP\n"); exit 0 }; $SIG{CONT} = "DEFAULT"; syswrite($out, "."); sleep 20; exit 1 } syswrite($out, "."); select(undef, undef, undef, 1) until $got =~ /HUP/ && $got =~ /CONT/; syswrite($out, "leader\n"); open(my $tty, "<", "/dev/tty") or syswrite($out, "tty: $!\n"); exit 3 }
close $out; my $b = ""; while (length $b < 2) { sysread($in, $b, 1, length $b) } close $m; waitpid($pid, 0); print "status $?\n"; print <$in>;
EOF
perl /tmp/case.pl; exit $?
