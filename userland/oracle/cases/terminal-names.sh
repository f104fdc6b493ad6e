# Shows: names of terminals: /dev/pts, ttyname, owners and modes, locks, and what a window is.
# image: debian-terminal
cat >/tmp/case.pl <<'EOF'
use POSIX (); $| = 1; $SIG{ALRM} = sub { print "too late\n"; exit 1 }; alarm 60;
sub pty { open(my $m, "+<", "/dev/ptmx") or die "ptmx: $!"; my $n = pack("i", 0); ioctl($m, 0x80045430, $n) or die; my $z = pack("i", 0); ioctl($m, 0x40045431, $z) or die; $name = "/dev/pts/" . unpack("i", $n); sysopen(my $s, $name, 0402) or die "$name: $!" unless $_[0]; ($m, $s) }
sub modes { my ($f, $on, $off, %cc) = @_; my $t = "\0" x 64; ioctl($f, 0x5401, $t) or die; my @t = unpack("V4CC19", $t); for (0..3) { $t[$_] = ($t[$_] & ~($off->[$_] // 0)) | ($on->[$_] // 0) } $t[5 + $_] = $cc{$_} for keys %cc; my $new = pack("V4CC19x24", @t); ioctl($f, 0x5402, $new) or die "modes: $!" }
sub text { my ($b) = @_; $b =~ s/([^ -~])/sprintf "<%02x>", ord $1/ge; $b }
sub get { my ($f, $n) = @_; my $b; my $r = sysread($f, $b, $n || 4096); defined $r ? "$r " . text($b) : "$!" }
sub put { my $r = syswrite($_[0], $_[1]); print "wrote ", defined $r ? $r : "$!", "\n" if !defined $r || $r != length $_[1] }
sub drain { my ($f) = @_; my ($v, $b) = (""); vec($v, fileno $f, 1) = 1; my $all = ""; while (select(my $r = $v, undef, undef, 0.1)) { sysread($f, $b, 4096) or last; $all .= $b } text($all) }
use Fcntl; my ($m, $s) = pty(1); print "$name ", POSIX::ttyname(fileno $m) // "nameless", "\n"; my ($m2, $s2) = pty(); print "$name\n"; printf "%o %d %d %x\n", (stat $name)[2, 4, 5, 6]; sysopen(my $s1, "/dev/pts/0", 0402) or die; print join(" ", POSIX::ttyname(fileno $s1), POSIX::ttyname(fileno $s2)), "\n"; opendir(my $d, "/dev/pts"); print join(" ", sort grep !/^\./, readdir $d), "\n"; chmod 0600, $name; chown 1, 2, $name; printf "%o %d %d\n", (stat $name)[2, 4, 5];
print -t $s2 ? "terminal " : "", -t $m ? "terminal\n" : "\n"; my $w = pack("S4", 24, 80, 0, 0); ioctl($m, 0x5414, $w); my $v = "\0" x 8; ioctl($s1, 0x5413, $v); print join(" ", unpack "S4", $v), "\n"; put($m, "abc\nde"); select(undef, undef, undef, 0.1); my $n = pack("i", 0); ioctl($s1, 0x541b, $n); print unpack("i", $n), "\n"; ioctl($m, 0x541b, $n); print unpack("i", $n), "\n"; ioctl($s1, 0x5424, $n); print unpack("i", $n), "\n"; $n = pack("i", 99); print ioctl($s1, 0x5423, $n) ? "set" : "$!", "\n"; print ioctl($s1, 0x80045430, $n) ? "?" : "$!", "\n"; put($m, "\n"); print get($s1), "\n"; print sysseek($s1, 0, 1) ? "?" : "$!", "\n"; my $one = pack("i", 1); ioctl($m, 0x40045431, $one); print sysopen(my $x, "/dev/pts/0", 0402) ? "open" : "$!", "\n"; close $s2; close $m2; opendir($d, "/dev/pts"); print join(" ", sort grep !/^\./, readdir $d), "\n"; ($m2, $s2) = pty(); print "$name\n";
EOF
perl /tmp/case.pl; exit $?
