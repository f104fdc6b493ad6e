package org.atoll.libposix.strace;

import static org.atoll.libposix.strace.TestLook.BASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.libposix.Reference;
import org.junit.jupiter.api.Test;

/** Every expectation about a kind is a line of strace 6.1 on Linux. */
class ArgumentsTest {

  private static final int AT_FDCWD = -100;

  private static String declared(String call) {
    return java.util.Objects.requireNonNull(Reference.calls().get(call));
  }

  private static String print(String call, TestLook look) {
    return look.print(declared(call));
  }

  @Test
  void theKindsOfAllCallsExist() {
    Reference.calls().values().forEach(Arguments::of);
  }

  @Test
  void aKindThatIsNoneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Arguments.of("fd:nonsense"));
    assertThrows(IllegalArgumentException.class, () -> Arguments.of("buffer:bytes[count]"));
  }

  @Test
  void aPathIsQuotedAndFlagsAreNamed() {
    TestLook look = new TestLook(AT_FDCWD, BASE, 0x80000).text(0, "/etc/passwd").answered(3);
    assertEquals("AT_FDCWD, \"/etc/passwd\", O_RDONLY|O_CLOEXEC = 3", print("openat", look));
  }

  @Test
  void aModeIsShownWhereAFileIsMade() {
    TestLook look = new TestLook(AT_FDCWD, BASE, 0x241, 0666).text(0, "f").answered(-2);
    assertEquals(
        "AT_FDCWD, \"f\", O_WRONLY|O_CREAT|O_TRUNC, 0666 = -1 ENOENT (No such file or directory)",
        print("openat", look));
  }

  @Test
  void aBufferIsShownUpToTheLimit() {
    String text = "\0\1\u007f\"\\\n\t7é0123456789012345678901234567890";
    TestLook look = new TestLook(1, BASE, 40).text(0, text).answered(40);
    assertEquals(
        "1, \"\\0\\1\\177\\\"\\\\\\n\\t7\\35101234567890123456789012\"..., 40 = 40",
        print("write", look));
  }

  @Test
  void whatWasReadIsShownWhenItIsThere() {
    TestLook look = new TestLook(3, BASE, 100).text(0, "hello").answered(5);
    Arguments read = Arguments.of(declared("read"));
    assertEquals("3, ", read.given(look));
    assertEquals("\"hello\", 100", read.filled(look));
    assertEquals("3, 0x10000, 100 = -1 EIO (Input/output error)", print("read", look.answered(-5)));
  }

  @Test
  void memoryIsMapped() {
    TestLook look = new TestLook(0, 8192, 3, 0x22, -1, 0).answered(0x3fff0000L);
    assertEquals(
        "NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0 = 0x3fff0000",
        print("mmap", look));
  }

  @Test
  void aStatusIsTypeModeAndSize() {
    TestLook look = new TestLook(3, BASE).put32(16, 0100644).put64(48, 43);
    assertEquals("3, {st_mode=S_IFREG|0644, st_size=43, ...} = 0", print("fstat", look));
    look.put32(16, 0020666).put64(32, 0x103);
    assertEquals(
        "3, {st_mode=S_IFCHR|0666, st_rdev=makedev(0x1, 0x3), ...} = 0", print("fstat", look));
  }

  @Test
  void aWaitStatusIsTakenApart() {
    TestLook look = new TestLook(-1, BASE, 1, 0).put32(0, 0x300).answered(7);
    assertEquals(
        "-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], WNOHANG, NULL = 7", print("wait4", look));
    look.put32(0, 9);
    assertEquals(
        "-1, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGKILL}], WNOHANG, NULL = 7",
        print("wait4", look));
    look.put32(0, 0x147f);
    assertEquals(
        "-1, [{WIFSTOPPED(s) && WSTOPSIG(s) == SIGTSTP}], WNOHANG, NULL = 7", print("wait4", look));
    assertEquals("-1, 0x10000, WNOHANG, NULL = 0", print("wait4", look.answered(0)));
  }

  @Test
  void aCallThatIsMadeAgainSaysSo() {
    TestLook look = new TestLook(-1, BASE, 0, 0).answered(-512);
    assertEquals(
        "-1, 0x10000, 0, NULL = ? ERESTARTSYS (To be restarted if SA_RESTART is set)",
        print("wait4", look));
  }

  @Test
  void signalSetsAreListedOrTurnedRound() {
    TestLook look = new TestLook(2, BASE, 0, 8).put64(0, 0x10002);
    assertEquals("SIG_SETMASK, [INT CHLD], NULL, 8 = 0", print("rt_sigprocmask", look));
    look.put64(0, ~0x1_8000_0000L);
    assertEquals("SIG_SETMASK, ~[RTMIN RT_1], NULL, 8 = 0", print("rt_sigprocmask", look));
  }

  @Test
  void anActionHasHandlerMaskAndFlags() {
    TestLook look = new TestLook(17, BASE, BASE + 24, 8).put64(0, 0x4a874, 0x10000000, 2, 1, 0, 0);
    assertEquals(
        "SIGCHLD, {sa_handler=0x4a874, sa_mask=[INT], sa_flags=SA_RESTART},"
            + " {sa_handler=SIG_IGN, sa_mask=[], sa_flags=0}, 8 = 0",
        print("rt_sigaction", look));
  }

  @Test
  void argumentsOfAProgramAreListedAndVariablesCounted() {
    TestLook look = new TestLook(BASE, BASE + 64, BASE + 96).text(0, "/bin/ls").text(16, "-l");
    look.put64(64, BASE + 5, BASE + 16, 0).put64(96, BASE, BASE, 0);
    assertEquals("\"/bin/ls\", [\"ls\", \"-l\"], 0x10060 /* 2 vars */ = 0", print("execve", look));
  }

  @Test
  void theFirstProgramIsAnExecveWithoutAddresses() {
    ExecImage image = new ExecImage("sh", "/", List.of("sh", "-c"), List.of("A=1"));
    assertEquals("\"sh\", [\"sh\", \"-c\"], [/* 1 var */]", FirstProgram.text(image, 32));
  }

  @Test
  void aForkIsACloneByName() {
    TestLook look = new TestLook(0x1200011, 0, 0, 0, 0x20f0).answered(5);
    assertEquals(
        "child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD,"
            + " child_tidptr=0x20f0 = 5",
        print("clone", look));
  }

  @Test
  void theArgumentOfFcntlGoesByItsCommand() {
    assertEquals(
        "3, F_GETFD = 0x1 (flags FD_CLOEXEC)", print("fcntl", new TestLook(3, 1).answered(1)));
    assertEquals("3, F_SETFD, FD_CLOEXEC = 0", print("fcntl", new TestLook(3, 2, 1)));
    assertEquals("3, F_DUPFD, 10 = 11", print("fcntl", new TestLook(3, 0, 10).answered(11)));
    assertEquals(
        "3, F_GETFL = 0x401 (flags O_WRONLY|O_APPEND)",
        print("fcntl", new TestLook(3, 3).answered(0x401)));
    TestLook lock = new TestLook(3, 6, BASE).put32(0, 1).put64(8, 4, 5);
    assertEquals(
        "3, F_SETLK, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=4, l_len=5} = 0",
        print("fcntl", lock));
  }

  @Test
  void theArgumentOfIoctlGoesByItsRequest() {
    TestLook window = new TestLook(1, 0x5413, BASE).put32(0, 80 << 16 | 24);
    assertEquals(
        "1, TIOCGWINSZ, {ws_row=24, ws_col=80, ws_xpixel=0, ws_ypixel=0} = 0",
        print("ioctl", window));
    assertEquals(
        "1, TCGETS, 0x10000 = -1 ENOTTY (Inappropriate ioctl for device)",
        print("ioctl", new TestLook(1, 0x5401, BASE).answered(-25)));
  }

  @Test
  void timesHaveTwoFields() {
    TestLook look = new TestLook(0, 0, BASE, 0x77).put64(0, 1, 500);
    assertEquals(
        "CLOCK_REALTIME, 0, {tv_sec=1, tv_nsec=500}, 0x77 = 0", print("clock_nanosleep", look));
  }

  @Test
  void descriptorsThatArePolledShowWhatHappened() {
    TestLook look = new TestLook(BASE, 2, 0, 0, 0).put32(0, 0, 0x10001, 5, 4).answered(1);
    assertEquals(
        "[{fd=0, events=POLLIN}, {fd=5, events=POLLOUT}], 2, NULL, NULL, 0"
            + " = 1 ([{fd=0, revents=POLLIN}])",
        print("ppoll", look));
    assertEquals(
        "[{fd=0, events=POLLIN}], 1, NULL, NULL, 0 = 0 (Timeout)",
        print("ppoll", new TestLook(BASE, 1).put32(0, 0, 1)));
  }

  @Test
  void setsOfDescriptorsShowWhoIsReady() {
    TestLook look = new TestLook(4, BASE, 0, 0, 0, 0).put64(0, 8).answered(1);
    assertEquals("4, [3], NULL, NULL, NULL, NULL = 1 (in [3])", print("pselect6", look));
  }

  @Test
  void aVectorShowsItsPieces() {
    TestLook look = new TestLook(1, BASE, 2).text(64, "abcde");
    look.put64(0, BASE + 64, 3, BASE + 67, 2).answered(5);
    assertEquals(
        "1, [{iov_base=\"abc\", iov_len=3}, {iov_base=\"de\", iov_len=2}], 2 = 5",
        print("writev", look));
    assertEquals(
        "1, [{iov_base=\"abc\", iov_len=3}, {iov_base=\"d\", iov_len=2}], 2 = 4",
        print("readv", look.answered(4)));
  }

  @Test
  void limitsAreMultiplesWhereTheyAre() {
    TestLook look = new TestLook(0, 3, 0, BASE).put64(0, 8192 * 1024, -1);
    assertEquals(
        "0, RLIMIT_STACK, NULL, {rlim_cur=8192*1024, rlim_max=RLIM64_INFINITY} = 0",
        print("prlimit64", look));
  }

  @Test
  void aFutexShowsWhatItsOperationTakes() {
    assertEquals(
        "0x40, FUTEX_WAKE_PRIVATE, 2147483647 = 0",
        print("futex", new TestLook(0x40, 129, Integer.MAX_VALUE, 7)));
    assertEquals("0x40, FUTEX_WAIT, 2, NULL = 0", print("futex", new TestLook(0x40, 0, 2)));
  }

  @Test
  void randomBytesAreHexadecimal() {
    TestLook look = new TestLook(BASE, 2, 1).put32(0, 0xabed).answered(2);
    assertEquals("\"\\xed\\xab\", 2, GRND_NONBLOCK = 2", print("getrandom", look));
  }

  @Test
  void permissionsAreOctal() {
    assertEquals("022 = 000", print("umask", new TestLook(022)));
    assertEquals("5, 0700 = 0", print("fchmod", new TestLook(5, 0700)));
  }

  @Test
  void directoryEntriesAreCounted() {
    TestLook look = new TestLook(3, BASE, 4096).put32(16, 24).put32(24 + 16, 32).answered(56);
    assertEquals("3, 0x10000 /* 2 entries */, 4096 = 56", print("getdents64", look));
  }

  @Test
  void aPipeIsAPair() {
    assertEquals("[3, 4], 0 = 0", print("pipe2", new TestLook(BASE).put32(0, 3, 4)));
  }

  @Test
  void memoryThatCannotBeReadIsAnAddress() {
    assertEquals(
        "AT_FDCWD, 0x8, O_RDONLY = -1 EFAULT (Bad address)",
        print("openat", new TestLook(AT_FDCWD, 8, 0).answered(-14)));
  }
}
