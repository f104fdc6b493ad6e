# Shows: full terminals: who writes too much waits or is refused; stop and start hold and free output.
# image: debian-terminal
cat >/tmp/case.pl <<'EOF'
use POSIX (); $| = 1; $SIG{ALRM} = sub { print "too late\n"; exit 1 }; alarm 60;
sub pty { open(my $m, "+<", "/dev/ptmx") or die "ptmx: $!"; my $n = pack("i", 0); ioctl($m, 0x80045430, $n) or die; my $z = pack("i", 0); ioctl($m, 0x40045431, $z) or die; $name = "/dev/pts/" . unpack("i", $n); sysopen(my $s, $name, 0402) or die "$name: $!" unless $_[0]; ($m, $s) }
sub modes { my ($f, $on, $off, %cc) = @_; my $t = "\0" x 64; ioctl($f, 0x5401, $t) or die; my @t = unpack("V4CC19", $t); for (0..3) { $t[$_] = ($t[$_] & ~($off->[$_] // 0)) | ($on->[$_] // 0) } $t[5 + $_] = $cc{$_} for keys %cc; my $new = pack("V4CC19x24", @t); ioctl($f, 0x5402, $new) or die "modes: $!" }
sub text { my ($b) = @_; $b =~ s/([^ -~])/sprintf "<%02x>", ord $1/ge; $b }
sub get { my ($f, $n) = @_; my $b; my $r = sysread($f, $b, $n || 4096); defined $r ? "$r " . text($b) : "$!" }
sub put { my $r = syswrite($_[0], $_[1]); print "wrote ", defined $r ? $r : "$!", "\n" if !defined $r || $r != length $_[1] }
sub drain { my ($f) = @_; my ($v, $b) = (""); vec($v, fileno $f, 1) = 1; my $all = ""; while (select(my $r = $v, undef, undef, 0.1)) { sysread($f, $b, 4096) or last; $all .= $b } text($all) }
my ($m, $s) = pty(); modes($s, [], [0, 1, 0, 0xa]); fcntl($s, 4, 04002); fcntl($m, 4, 04002); sub fill { my ($f, $t) = (@_, 0); while (defined(my $r = syswrite($f, "x" x 1000))) { $t += $r } $filled = $t; "$!" . ($t > 4000 && $t < 100000 ? "" : " after $t") }
print "slave ", fill($s), "\n"; my $t = 0; while ($t < $filled) { await($m, "r"); $t += sysread($m, my $b, 4096) } print "all read\n"; print "master ", fill($m), "\n"; ioctl($s, 0x540b, 0);
sub ready { my ($f) = @_; my $v = ""; vec($v, fileno $f, 1) = 1; my $n = select(my $r = $v, my $w = $v, undef, 0); (vec($r, fileno $f, 1) ? "r" : "-") . (vec($w, fileno $f, 1) ? "w" : "-") }
# What one end writes reaches the other a little later.
sub await { my ($f, $want) = @_; 1 while ready($f) !~ $want; ready($f) }
print ready($s), ready($m), "\n"; modes($s, [0, 1, 0, 0xa], []); put($m, "\x13"); print "stopped ", await($s, "--"), " "; put($s, "no"); print get($m), "\n"; put($m, "typed\n"); print get($m), " "; put($m, "\x11"); print "started ", await($s, "rw"), " "; await($m, "r"); print get($m), "\n"; print get($s), "\n";
modes($s, [0x800], []); put($m, "\x13"); await($s, "--"); put($m, "a"); print "any key ", await($s, "-w"); await($m, "r"); print " ", get($m), "\n"; print ioctl($s, 0x540a, 0) ? "off " : "$! ", ready($s), " ", ioctl($s, 0x540a, 1) ? "on " : "$! ", ready($s), "\n"; sub sent { ioctl($s, 0x540a, $_[0]) or return "$!"; await($m, "r"); get($m) } print sent(2), " ", sent(3), " ", ioctl($s, 0x540a, 7) ? "?" : "$!", "\n";
fcntl($s, 4, 2); modes($s, [], [0, 1, 0, 0]); my $pid = fork; if (!$pid) { close $m; for (1 .. 64) { put($s, ("y" x 1023) . "\n") } exit 0 } close $s; fcntl($m, 4, 2); my ($n, $b) = (0); while (my $r = sysread($m, $b, 4096)) { $n += $r } waitpid($pid, 0); print "$n bytes, status $?\n";
EOF
perl /tmp/case.pl; exit $?
