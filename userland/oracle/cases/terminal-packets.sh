# Shows: packet mode: a master is told of data, flushes, stops and starts.
# image: debian-terminal
cat >/tmp/case.pl <<'EOF'
use POSIX (); $| = 1; $SIG{ALRM} = sub { print "too late\n"; exit 1 }; alarm 60;
sub pty { open(my $m, "+<", "/dev/ptmx") or die "ptmx: $!"; my $n = pack("i", 0); ioctl($m, 0x80045430, $n) or die; my $z = pack("i", 0); ioctl($m, 0x40045431, $z) or die; $name = "/dev/pts/" . unpack("i", $n); sysopen(my $s, $name, 0402) or die "$name: $!" unless $_[0]; ($m, $s) }
sub modes { my ($f, $on, $off, %cc) = @_; my $t = "\0" x 64; ioctl($f, 0x5401, $t) or die; my @t = unpack("V4CC19", $t); for (0..3) { $t[$_] = ($t[$_] & ~($off->[$_] // 0)) | ($on->[$_] // 0) } $t[5 + $_] = $cc{$_} for keys %cc; my $new = pack("V4CC19x24", @t); ioctl($f, 0x5402, $new) or die "modes: $!" }
sub text { my ($b) = @_; $b =~ s/([^ -~])/sprintf "<%02x>", ord $1/ge; $b }
sub get { my ($f, $n) = @_; my $b; my $r = sysread($f, $b, $n || 4096); defined $r ? "$r " . text($b) : "$!" }
sub put { my $r = syswrite($_[0], $_[1]); print "wrote ", defined $r ? $r : "$!", "\n" if !defined $r || $r != length $_[1] }
sub drain { my ($f) = @_; my ($v, $b) = (""); vec($v, fileno $f, 1) = 1; my $all = ""; while (select(my $r = $v, undef, undef, 0.1)) { sysread($f, $b, 4096) or last; $all .= $b } text($all) }
my ($m, $s) = pty(); my $on = pack("i", 1); print ioctl($m, 0x5420, $on) ? "on\n" : "$!\n"; sub packet { my ($v) = (""); vec($v, fileno $m, 1) = 1; select(my $r = $v, undef, my $e = $v, 0.2) ? get($m) . (vec($e, fileno $m, 1) ? " !" : "") : "nothing" }
print packet(), "\n"; put($s, "data"); print packet(), "\n"; put($m, "\x13"); print packet(), "\n"; put($m, "\x11"); print packet(), "\n";
ioctl($s, 0x540b, 0); print packet(), "\n"; ioctl($s, 0x540b, 1); print packet(), "\n"; ioctl($s, 0x540b, 2); print packet(), "\n";
modes($s, [], [0x400]); print packet(), "\n"; modes($s, [0x400], []); print packet(), "\n"; put($s, "more"); ioctl($s, 0x540b, 0); print packet(), ", ", packet(), "\n";
put($s, "abcdef"); print get($m, 3), ", ", get($m, 1), ", ", get($m), "\n"; my $off = pack("i", 0); ioctl($m, 0x5420, $off); put($s, "plain"); print packet(), "\n";
EOF
perl /tmp/case.pl; exit $?
