package org.atoll.libposix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.junit.jupiter.api.Test;

/** What a watcher is told of a process; before every event the process is saved and loaded. */
class WatchTest {

  private static final int READ = 63;
  private static final int WRITE = 64;
  private static final int OPENAT = 56;
  private static final int EXIT_GROUP = 94;
  private static final int WAIT4 = 260;
  private static final int SIGACTION = 134;

  private final List<String> told = new ArrayList<>();
  private final TestProcess p = TestProcess.running();

  private final Watcher watcher =
      new Watcher() {
        @Override
        public boolean wants(String call) {
          return !call.equals("write");
        }

        @Override
        public int stringBytes() {
          return 32;
        }

        @Override
        public void saw(Sight sight) {
          assertEquals(TestProcess.PID, sight.pid());
          told.add((sight.kind() + " " + sight.name() + "|" + sight.text() + "|" + sight.result()));
        }

        @Override
        public void process(int endpoint, int pid, String program) {}
      };

  WatchTest() {
    p.watcher = watcher;
  }

  @Test
  void aCallIsToldWhenItIsMadeAndWhenItIsAnswered() {
    p.call(READ, 0, TestProcess.DATA, 100);
    assertEquals(List.of("CALLED read|0, |"), told);
    p.answerWith(TestProcess.bytes("hello"), 5);
    assertEquals("ANSWERED read|\"hello\", 100|5", told.getLast());
    assertEquals(2, told.size());
  }

  @Test
  void argumentsAreReadFromPagesThatWereNotThere() {
    p.machine.poke(TestProcess.DATA + 64, TestProcess.bytes("/etc/passwd\0"));
    p.call(OPENAT, -100, TestProcess.DATA + 64, 0, 0);
    assertEquals(List.of("CALLED openat|AT_FDCWD, \"/etc/passwd\", O_RDONLY|"), told);
  }

  @Test
  void addressesOutOfReachAreShownAndFail() {
    p.call(OPENAT, -100, 8, 0, 0).returned(-Errno.EFAULT);
    assertEquals(
        List.of(
            "CALLED openat|AT_FDCWD, 0x8, O_RDONLY|", "ANSWERED openat||-1 EFAULT (Bad address)"),
        told);
  }

  @Test
  void aCallThatIsNotWantedIsNotTold() {
    p.text(TestProcess.DATA, "hi").call(WRITE, 1, TestProcess.DATA, 2);
    p.asked(Role.VFS, VfsProtocol.Call.WRITE);
    p.answer(2).returned(2);
    assertEquals(List.of(), told);
  }

  @Test
  void aCallThatAtollHasNotShowsItsRegisters() {
    p.call(26, 1, 2, 0x30).returned(-Errno.ENOSYS);
    assertTrue(
        told.getFirst().startsWith("CALLED inotify_init1|0x1, 0x2, 0x30, "), told.getFirst());
    assertEquals("ANSWERED inotify_init1||-1 ENOSYS (Function not implemented)", told.getLast());
  }

  @Test
  void aSignalThatKillsIsToldBeforeTheEnd() {
    p.call(WAIT4, -1, 0, 0, 0);
    p.signal(15);
    p.answer(-Errno.EINTR);
    assertEquals(
        List.of(
            "CALLED wait4|-1, |",
            "ANSWERED wait4|NULL, 0, NULL|? ERESTARTSYS (To be restarted if SA_RESTART is set)",
            "SIGNALLED SIGTERM|{si_signo=SIGTERM, si_code=SI_USER, si_pid=9, si_uid=0}|",
            "ENDED ||killed by SIGTERM"),
        told);
  }

  @Test
  void anIgnoredSignalIsToldBehindTheCallThatItArrivedIn() {
    p.call(WAIT4, -1, 0, 0, 0);
    p.signal(17);
    assertEquals(1, told.size());
    p.answer(7, 0);
    assertEquals("ANSWERED wait4|NULL, 0, NULL|7", told.get(1));
    assertTrue(told.get(2).startsWith("SIGNALLED SIGCHLD|"), told.get(2));
  }

  @Test
  void anExitHasNoResult() {
    p.call(EXIT_GROUP, 3);
    p.asked(Role.PM, PmProtocol.Call.EXIT);
    assertEquals(
        List.of("CALLED exit_group|3|", "ANSWERED exit_group||?", "ENDED ||exited with 3"), told);
  }

  @Test
  void aStopIsTold() {
    p.signal(20);
    assertEquals("STOPPED SIGTSTP||", told.getLast());
    assertTrue(told.getFirst().startsWith("SIGNALLED SIGTSTP|"), told.getFirst());
  }

  @Test
  void theFirstProgramIsAnExec() {
    TestProcess first = new TestProcess();
    first.watcher = watcher;
    first.files.put("/bin/test", TestElf.program(TestElf.EXEC, 0x10000).bytes());
    first.first("/bin/test", List.of("test", "-x"), List.of("A=1", "B=2"));
    assertEquals(
        List.of(
            "FIRST ||",
            "CALLED execve|\"/bin/test\", [\"test\", \"-x\"], [/* 2 vars */]|",
            "ANSWERED execve||0"),
        told);
  }

  @Test
  void theReturnFromAHandlerShowsTheMaskAndWhatWasInterrupted() {
    p.words(TestProcess.DATA, TestProcess.CODE + 0x100, 0, 0);
    p.call(SIGACTION, 10, TestProcess.DATA, 0, 8).returned(0);
    p.signal(10);
    assertEquals(TestProcess.CODE + 0x100, p.machine.pc());
    p.call(139);
    assertEquals("CALLED rt_sigreturn|{mask=[]}|", told.get(told.size() - 2));
    assertEquals("ANSWERED rt_sigreturn||0", told.getLast());
  }
}
