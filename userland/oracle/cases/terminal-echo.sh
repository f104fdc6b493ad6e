# Shows: what is echoed: with and without ECHO, ECHONL, ECHOCTL, ECHOE, ECHOK, ECHOKE, ECHOPRT.
# image: debian-terminal
cat >/tmp/case.pl <<'EOF'
use POSIX (); $| = 1; $SIG{ALRM} = sub { print "too late\n"; exit 1 }; alarm 60;
sub pty { open(my $m, "+<", "/dev/ptmx") or die "ptmx: $!"; my $n = pack("i", 0); ioctl($m, 0x80045430, $n) or die; my $z = pack("i", 0); ioctl($m, 0x40045431, $z) or die; $name = "/dev/pts/" . unpack("i", $n); sysopen(my $s, $name, 0402) or die "$name: $!" unless $_[0]; ($m, $s) }
sub modes { my ($f, $on, $off, %cc) = @_; my $t = "\0" x 64; ioctl($f, 0x5401, $t) or die; my @t = unpack("V4CC19", $t); for (0..3) { $t[$_] = ($t[$_] & ~($off->[$_] // 0)) | ($on->[$_] // 0) } $t[5 + $_] = $cc{$_} for keys %cc; my $new = pack("V4CC19x24", @t); ioctl($f, 0x5402, $new) or die "modes: $!" }
sub text { my ($b) = @_; $b =~ s/([^ -~])/sprintf "<%02x>", ord $1/ge; $b }
sub get { my ($f, $n) = @_; my $b; my $r = sysread($f, $b, $n || 4096); defined $r ? "$r " . text($b) : "$!" }
sub put { my $r = syswrite($_[0], $_[1]); print "wrote ", defined $r ? $r : "$!", "\n" if !defined $r || $r != length $_[1] }
sub drain { my ($f) = @_; my ($v, $b) = (""); vec($v, fileno $f, 1) = 1; my $all = ""; while (select(my $r = $v, undef, undef, 0.1)) { sysread($f, $b, 4096) or last; $all .= $b } text($all) }
my $t = "ab\x7f\x01c\x17de f\x7f\tg\x7f\x7f\x15xy\x16\x04\x12z\n";
my %l = (ECHO => 8, ECHOE => 0x10, ECHOK => 0x20, ECHONL => 0x40, ECHOCTL => 0x200, ECHOPRT => 0x400, ECHOKE => 0x800, IEXTEN => 0x8000);
for my $set ("ECHO ECHOE ECHOK ECHOCTL ECHOKE IEXTEN", "ECHO ECHOE ECHOK ECHOKE IEXTEN", "ECHO ECHOE ECHOK ECHOCTL IEXTEN", "ECHO ECHOK ECHOCTL ECHOKE IEXTEN", "ECHO ECHOE ECHOCTL ECHOKE IEXTEN", "ECHO ECHOE ECHOK ECHOCTL ECHOKE ECHOPRT IEXTEN", "ECHO", "ECHONL IEXTEN", "IEXTEN", "ECHO ECHOE ECHOK ECHOCTL ECHOKE") {
my ($m, $s) = pty(); my $on = 0; $on |= $l{$_} for split / /, $set; my $all = 0; $all |= $_ for values %l;
modes($s, [0, 0, 0, $on], [0, 0, 0, $all]); put($m, $t); print "$set: ", drain($m), "\n  ", get($s), "\n" }
EOF
perl /tmp/case.pl; exit $?
