# Shows: lines typed at a terminal: erase, kill, word erase, literal next, reprint, ends of file and of line.
# image: debian-terminal
cat >/tmp/case.pl <<'EOF'
use POSIX (); $| = 1; $SIG{ALRM} = sub { print "too late\n"; exit 1 }; alarm 60;
sub pty { open(my $m, "+<", "/dev/ptmx") or die "ptmx: $!"; my $n = pack("i", 0); ioctl($m, 0x80045430, $n) or die; my $z = pack("i", 0); ioctl($m, 0x40045431, $z) or die; $name = "/dev/pts/" . unpack("i", $n); sysopen(my $s, $name, 0402) or die "$name: $!" unless $_[0]; ($m, $s) }
sub modes { my ($f, $on, $off, %cc) = @_; my $t = "\0" x 64; ioctl($f, 0x5401, $t) or die; my @t = unpack("V4CC19", $t); for (0..3) { $t[$_] = ($t[$_] & ~($off->[$_] // 0)) | ($on->[$_] // 0) } $t[5 + $_] = $cc{$_} for keys %cc; my $new = pack("V4CC19x24", @t); ioctl($f, 0x5402, $new) or die "modes: $!" }
sub text { my ($b) = @_; $b =~ s/([^ -~])/sprintf "<%02x>", ord $1/ge; $b }
sub get { my ($f, $n) = @_; my $b; my $r = sysread($f, $b, $n || 4096); defined $r ? "$r " . text($b) : "$!" }
sub put { my $r = syswrite($_[0], $_[1]); print "wrote ", defined $r ? $r : "$!", "\n" if !defined $r || $r != length $_[1] }
sub drain { my ($f) = @_; my ($v, $b) = (""); vec($v, fileno $f, 1) = 1; my $all = ""; while (select(my $r = $v, undef, undef, 0.1)) { sysread($f, $b, 4096) or last; $all .= $b } text($all) }
my ($m, $s) = pty();
sub type { put($m, $_[0]); print "echo ", drain($m), "\n"; print "read ", get($s), "\n" for 1 .. $_[1] }
type("hello\n", 1); type("ab\x7fc\n", 1); type("gone\x15kept\n", 1); type("one two, \x17x\n", 1);
type("a\x16\x03b\x16\x7f\n", 1); type("abc\x12d\n", 1); type("no newline\x04", 1); type("\x04", 1);
type("two\nlines\n", 2); type("\x7f\x7f\x17\x15x\n", 1); type("\ttab\ta\x7f\x7f\x7fb\n", 1); type("x\x01\x7f\x7fy\n", 1);
modes($s, [], [], 11, ord "!", 16, ord "?"); type("a!b?c\n", 3);
modes($s, [0x4000], []); type("h\xc3\xa9\x7f\xe2\x82\xac\x7fx\n", 1);
type("long line\n", 0); print "part ", get($s, 4), "\n", "rest ", get($s, 100), "\n";
type("abc\x04", 0); print "exact ", get($s, 3), "\n"; type("next\n", 1);
type("abcd\x04", 0); print "part ", get($s, 3), "\nrest ", get($s, 3), "\n"; type("next\n", 1);
type("x" x 5000 . "\n", 0); my $b; my $r = sysread($s, $b, 8192); print "$r ", substr($b, -2) eq "x\n" ? "cut" : text(substr($b, -9)), "\n";
EOF
perl /tmp/case.pl; exit $?
