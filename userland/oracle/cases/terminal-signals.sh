# Shows: INTR, QUIT and SUSP go to the foreground and throw away what is typed, unless NOFLSH.
# image: debian-terminal
cat >/tmp/case.pl <<'EOF'
use POSIX (); $| = 1; $SIG{ALRM} = sub { print "too late\n"; exit 1 }; alarm 60;
sub pty { open(my $m, "+<", "/dev/ptmx") or die "ptmx: $!"; my $n = pack("i", 0); ioctl($m, 0x80045430, $n) or die; my $z = pack("i", 0); ioctl($m, 0x40045431, $z) or die; $name = "/dev/pts/" . unpack("i", $n); sysopen(my $s, $name, 0402) or die "$name: $!" unless $_[0]; ($m, $s) }
sub modes { my ($f, $on, $off, %cc) = @_; my $t = "\0" x 64; ioctl($f, 0x5401, $t) or die; my @t = unpack("V4CC19", $t); for (0..3) { $t[$_] = ($t[$_] & ~($off->[$_] // 0)) | ($on->[$_] // 0) } $t[5 + $_] = $cc{$_} for keys %cc; my $new = pack("V4CC19x24", @t); ioctl($f, 0x5402, $new) or die "modes: $!" }
sub text { my ($b) = @_; $b =~ s/([^ -~])/sprintf "<%02x>", ord $1/ge; $b }
sub get { my ($f, $n) = @_; my $b; my $r = sysread($f, $b, $n || 4096); defined $r ? "$r " . text($b) : "$!" }
sub put { my $r = syswrite($_[0], $_[1]); print "wrote ", defined $r ? $r : "$!", "\n" if !defined $r || $r != length $_[1] }
sub drain { my ($f) = @_; my ($v, $b) = (""); vec($v, fileno $f, 1) = 1; my $all = ""; while (select(my $r = $v, undef, undef, 0.1)) { sysread($f, $b, 4096) or last; $all .= $b } text($all) }
for my $noflsh (0, 0x80) { for my $key ("\x03", "\x1c", "\x1a") {
my ($m, $s) = pty(1); pipe(my $r, my $w); my $pid = fork;
if (!$pid) { POSIX::setsid(); open($s, "+<", $name) or die; modes($s, [0, 0, 0, $noflsh], []); my $got = "";
 $SIG{INT} = sub { $got = "INT" }; $SIG{QUIT} = sub { $got = "QUIT" }; $SIG{TSTP} = sub { $got = "TSTP" };
 syswrite($w, "."); select(undef, undef, undef, 1) until $got; syswrite($w, "$got\n"); alarm 30; print "$got ", get($s), "\n"; exit 0 }
close $w; sysread($r, my $b, 1); put($m, "lost\nhalf"); print drain($m), "\n"; put($m, $key); sysread($r, $b, 9); put($m, "next\n"); waitpid($pid, 0); print drain($m), " status $?\n" } }
EOF
perl /tmp/case.pl; exit $?
