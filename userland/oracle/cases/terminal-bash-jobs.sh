# Shows: an interactive shell at a terminal: stop, go on, interrupt, background readers and writers, window changes.
# image: debian-terminal
cat >/tmp/case.pl <<'X'
use POSIX (); $| = 1; my $out = ""; $SIG{ALRM} = sub { print "too late: $out\n"; exit 1 }; alarm 100;
open(my $m, "+<", "/dev/ptmx") or die; my $n = pack("i", 0); ioctl($m, 0x80045430, $n); my $name = "/dev/pts/" . unpack("i", $n); my $z = pack("i", 0); ioctl($m, 0x40045431, $z);
my $pid = fork; if (!$pid) { POSIX::setsid(); open(my $s, "+<", $name) or die; POSIX::dup2(fileno($s), $_) for 0 .. 2; close $m; close $s; exec "env", "PS1=prompt> ", "bash", "--norc", "-i"; die }
while (my $line = <STDIN>) { chomp $line; my ($op, $arg) = split / /, $line, 2; $arg =~ s/\\n/\n/g; $arg =~ s/\\x(..)/chr hex $1/ge;
if ($op eq "t") { syswrite($m, $arg) } elsif ($op eq "size") { my $w = pack("S4", split(/ /, $arg), 0, 0); ioctl($m, 0x5414, $w) }
else { while (index($out, $arg) < 0) { sysread($m, my $b, 4096) or do { print "end waiting for $arg: $out\n"; exit 1 }; $out .= $b } $out = substr($out, index($out, $arg) + length $arg); $arg =~ s/\r\n/|/g; print "$arg\n" } }
waitpid($pid, 0); print "status ", $? >> 8, "\n";
X
perl /tmp/case.pl <<'X'
w prompt> 
t sh -c 'echo rea""dy; exec cat'\n
w ready
t one\n
w one\x0d\x0aone
t \x1a
w Stopped
w prompt> 
t jobs\n
w Stopped
w prompt> 
t fg\n
w cat
t two\n
w two\x0d\x0atwo
t \x03
w prompt> 
t echo st""=$?\n
w st=130
w prompt> 
t cat | cat | (echo rea""dy >&2; wc -c)\n
w ready
t hello\n\x04
w 6
w prompt> 
t cat &\n
w prompt> 
t wait\n
w Stopped
w prompt> 
t kill %1; wait; echo do""ne\n
w done
w prompt> 
t sleep 50 | (echo rea""dy >&2; exec sleep 51)\n
w ready
t \x03
w prompt> 
t echo st""=$?\n
w st=130
w prompt> 
t (echo rea""dy; exec sleep 50) 2>&1 | cat\n
w ready
t \x1c
w prompt> 
t stty tostop; echo hi & wait\n
w Stopped
w prompt> 
t fg\n
w hi
w prompt> 
t trap 'echo wi""nch' WINCH\n
w prompt> 
size 30 100
w winch
t \n
w prompt> 
t stty size\n
w 30 100
w prompt> 
t tty; exec 3</dev/tty; read x <&3\n
w /dev/pts/0
t line\n
w prompt> 
t echo got=$x\n
w got=line
w prompt> 
t exit 7\n
X
