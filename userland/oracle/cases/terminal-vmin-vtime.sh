# Shows: reads of bytes: VMIN and VTIME in all four cases, waiting or not.
# image: debian-terminal
cat >/tmp/case.pl <<'EOF'
use POSIX (); $| = 1; $SIG{ALRM} = sub { print "too late\n"; exit 1 }; alarm 60;
sub pty { open(my $m, "+<", "/dev/ptmx") or die "ptmx: $!"; my $n = pack("i", 0); ioctl($m, 0x80045430, $n) or die; my $z = pack("i", 0); ioctl($m, 0x40045431, $z) or die; $name = "/dev/pts/" . unpack("i", $n); sysopen(my $s, $name, 0402) or die "$name: $!" unless $_[0]; ($m, $s) }
sub modes { my ($f, $on, $off, %cc) = @_; my $t = "\0" x 64; ioctl($f, 0x5401, $t) or die; my @t = unpack("V4CC19", $t); for (0..3) { $t[$_] = ($t[$_] & ~($off->[$_] // 0)) | ($on->[$_] // 0) } $t[5 + $_] = $cc{$_} for keys %cc; my $new = pack("V4CC19x24", @t); ioctl($f, 0x5402, $new) or die "modes: $!" }
sub text { my ($b) = @_; $b =~ s/([^ -~])/sprintf "<%02x>", ord $1/ge; $b }
sub get { my ($f, $n) = @_; my $b; my $r = sysread($f, $b, $n || 4096); defined $r ? "$r " . text($b) : "$!" }
sub put { my $r = syswrite($_[0], $_[1]); print "wrote ", defined $r ? $r : "$!", "\n" if !defined $r || $r != length $_[1] }
sub drain { my ($f) = @_; my ($v, $b) = (""); vec($v, fileno $f, 1) = 1; my $all = ""; while (select(my $r = $v, undef, undef, 0.1)) { sysread($f, $b, 4096) or last; $all .= $b } text($all) }
my ($m, $s) = pty(); sub arrived { my $n = pack("i", 0); do { select(undef, undef, undef, 0.02); ioctl($s, 0x541b, $n) } until unpack("i", $n) >= $_[0] } sub raw { modes($s, [], [0, 0, 0, 0xa], 6, $_[0], 5, $_[1]) }
raw(0, 0); print "0 0: ", get($s), "\n"; put($m, "abc"); arrived(3); print get($s), "\n";
raw(1, 0); put($m, "abc"); arrived(3); print "1 0: ", get($s, 2), "; ", get($s), "\n";
raw(3, 0); put($m, "ab"); my $pid = fork; if (!$pid) { select(undef, undef, undef, 0.3); put($m, "cd"); exit 0 } print "3 0: ", get($s), "\n"; waitpid($pid, 0);
put($m, "xy"); print "short buffer: ", get($s, 2), "\n";
raw(0, 2); print "0 2: ", get($s), "\n"; put($m, "q"); print get($s), "\n";
raw(9, 2); put($m, "ab"); print "9 2: ", get($s), "\n";
raw(3, 0); fcntl($s, 4, 04002); print "nonblocking: ", get($s), "\n"; put($m, "z"); arrived(1); print get($s), "\n"; raw(0, 0); print get($s), "\n";
raw(3, 0); my $v = ""; vec($v, fileno $s, 1) = 1; put($m, "ab"); arrived(2); print "select ", scalar select(my $r = $v, undef, undef, 0), "\n"; put($m, "c"); arrived(3); print "select ", scalar select($r = $v, undef, undef, 0), "\n"; print get($s), "\n";
put($m, "pushed"); arrived(6); modes($s, [0, 0, 0, 2], []); print "canonical: ", get($s), "\n"; fcntl($s, 4, 2);
put($m, "line\n"); arrived(5); modes($s, [], [0, 0, 0, 2], 6, 1); print "bytes: ", get($s), "\n"
EOF
perl /tmp/case.pl; exit $?
