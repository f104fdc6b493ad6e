package org.atoll.servers.pm;

import static org.atoll.abi.Errno.ECHILD;
import static org.atoll.abi.Errno.EINTR;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;
import static org.atoll.servers.pm.PmFixture.COMMAND_TASK;
import static org.atoll.servers.pm.PmFixture.SIGCHLD;
import static org.atoll.servers.pm.PmFixture.SIGTSTP;
import static org.atoll.servers.pm.PmFixture.WCONTINUED;
import static org.atoll.servers.pm.PmFixture.WEXITED;
import static org.atoll.servers.pm.PmFixture.WNOHANG;
import static org.atoll.servers.pm.PmFixture.WNOWAIT;
import static org.atoll.servers.pm.PmFixture.WSTOPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol.Call;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

class WaitTest {

  private final PmFixture f = new PmFixture();
  private final TurnRecorder pm = f.pm;

  @Test
  void aWaitIsAnsweredWhenTheChildHasGivenEverythingBack() {
    int child = f.fork(COMMAND_TASK);
    long wait = pm.ask(COMMAND_TASK, Call.WAIT, -1, WEXITED);
    pm.tell(child, Call.EXIT, 7 << 8);
    pm.answer(pm.expect(KernelProtocol.Call.TIMES), 0, 5_000);
    pm.answer(pm.expect(VmProtocol.Call.EXIT), 0, 40_960);
    assertFalse(pm.isAnswered(wait));
    pm.answer(pm.expect(VfsProtocol.Call.EXIT), 0);
    assertEquals(3, pm.result(wait));
    assertEquals(7 << 8, pm.word(wait, 1));
    assertEquals(1, pm.word(wait, 2));
    assertEquals(5_000, pm.word(wait, 4));
    assertEquals(40, pm.word(wait, 6));
    assertEquals(child, pm.expect(KernelProtocol.Call.DESTROY).word(0));
  }

  @Test
  void theParentGetsSigchldWithWhatHappened() {
    int child = f.fork(COMMAND_TASK);
    f.exit(child, 7 << 8);
    assertEquals(List.of(new PmFixture.Delivered(COMMAND_TASK, SIGCHLD, 1, 3, 0, 7)), f.signals());
  }

  @Test
  void aDeathBySignalIsReportedAsOne() {
    int child = f.fork(COMMAND_TASK);
    f.exit(child, 11 | 0x80);
    assertEquals(List.of(new PmFixture.Delivered(COMMAND_TASK, SIGCHLD, 3, 3, 0, 11)), f.signals());
    long wait = pm.ask(COMMAND_TASK, Call.WAIT, 3, WEXITED);
    assertEquals(11 | 0x80, pm.word(wait, 1));
    assertEquals(3, pm.word(wait, 2));
  }

  @Test
  void aChildIsWaitedForOnce() {
    f.exit(f.fork(COMMAND_TASK), 0);
    assertEquals(3, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED));
    assertEquals(-ECHILD, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED));
  }

  @Test
  void wnowaitLeavesTheChild() {
    f.exit(f.fork(COMMAND_TASK), 0);
    assertEquals(3, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED | WNOWAIT));
    assertEquals(3, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED));
  }

  @Test
  void wnohangAnswersZeroWhileChildrenRun() {
    f.fork(COMMAND_TASK);
    assertEquals(0, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED | WNOHANG));
  }

  @Test
  void aWaitForOnePidIgnoresTheOthers() {
    int first = f.fork(COMMAND_TASK);
    int second = f.fork(COMMAND_TASK);
    long wait = pm.ask(COMMAND_TASK, Call.WAIT, 4, WEXITED);
    f.exit(first, 0);
    assertFalse(pm.isAnswered(wait));
    f.exit(second, 0);
    assertEquals(4, pm.result(wait));
  }

  @Test
  void aWaitForAGroupTakesItsMembersAlone() {
    int first = f.fork(COMMAND_TASK);
    int second = f.fork(COMMAND_TASK);
    f.now(second, Call.SETPGID, 0, 0);
    f.exit(first, 0);
    long wait = pm.ask(COMMAND_TASK, Call.WAIT, -4, WEXITED);
    assertFalse(pm.isAnswered(wait));
    f.exit(second, 0);
    assertEquals(4, pm.result(wait));
    assertEquals(3, f.now(COMMAND_TASK, Call.WAIT, 0, WEXITED));
  }

  @Test
  void somebodyElsesChildIsNoChild() {
    int child = f.fork(COMMAND_TASK);
    f.fork(child);
    assertEquals(-ECHILD, f.now(COMMAND_TASK, Call.WAIT, 4, WEXITED));
  }

  @Test
  void severalWaitsGetOneChildEach() {
    int first = f.fork(COMMAND_TASK);
    int second = f.fork(COMMAND_TASK);
    long a = pm.ask(COMMAND_TASK, Call.WAIT, -1, WEXITED);
    long b = pm.ask(COMMAND_TASK, Call.WAIT, -1, WEXITED);
    f.exit(second, 0);
    assertEquals(4, pm.result(a));
    assertFalse(pm.isAnswered(b));
    f.exit(first, 0);
    assertEquals(3, pm.result(b));
  }

  @Test
  void aCancelledWaitIsInterrupted() {
    f.fork(COMMAND_TASK);
    long wait = pm.ask(COMMAND_TASK, Call.WAIT, -1, WEXITED);
    pm.cancelRequest(wait);
    assertEquals(-EINTR, pm.result(wait));
  }

  @Test
  void wrongOptionsAreRefused() {
    assertEquals(-EINVAL, f.now(COMMAND_TASK, Call.WAIT, -1, WNOHANG));
    assertEquals(-EINVAL, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED | 0x10));
    assertEquals(-ESRCH, f.now(COMMAND_TASK, Call.WAIT, Integer.MIN_VALUE, WEXITED));
  }

  @Test
  void withoutZombiesAWaitLastsUntilTheLastChildAndFindsNone() {
    int first = f.fork(COMMAND_TASK);
    int second = f.fork(COMMAND_TASK);
    f.now(COMMAND_TASK, Call.CHILD_POLICY, 1);
    long wait = pm.ask(COMMAND_TASK, Call.WAIT, -1, WEXITED);
    f.exit(first, 0);
    assertFalse(pm.isAnswered(wait));
    f.exit(second, 0);
    assertEquals(-ECHILD, pm.result(wait));
  }

  @Test
  void aChildWithAnotherExitSignalNeedsWcloneOrWall() {
    f.answerFork(pm.ask(COMMAND_TASK, Call.FORK, 0, 10));
    assertEquals(-ECHILD, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED | WNOHANG));
    assertEquals(0, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED | WNOHANG | 0x4000_0000));
    assertEquals(0, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED | WNOHANG | 0x8000_0000L));
  }

  @Test
  void aStopAndAContinuationAreReportedOnceEach() {
    int child = f.fork(COMMAND_TASK);
    f.now(child, Call.SETPGID, 0, 0);
    assertEquals(0, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED | WNOHANG));
    assertEquals(0, f.now(child, Call.STOPPED, SIGTSTP));
    assertEquals(
        List.of(new PmFixture.Delivered(COMMAND_TASK, SIGCHLD, 5, 3, 0, SIGTSTP)), f.signals());
    long stop = pm.ask(COMMAND_TASK, Call.WAIT, -1, WSTOPPED);
    assertEquals(SIGTSTP << 8 | 0x7f, pm.word(stop, 1));
    assertEquals(0, f.now(COMMAND_TASK, Call.WAIT, -1, WSTOPPED | WNOHANG));
    long next = pm.ask(COMMAND_TASK, Call.WAIT, -1, WCONTINUED);
    f.now(child, Call.CONTINUED);
    assertEquals(0xffff, pm.word(next, 1));
    assertEquals(6, pm.word(next, 2));
    assertEquals(0, f.now(COMMAND_TASK, Call.WAIT, -1, WCONTINUED | WNOHANG));
  }

  @Test
  void noStopSignalsAreSentToAParentThatWantsNone() {
    int child = f.fork(COMMAND_TASK);
    f.now(child, Call.SETPGID, 0, 0);
    f.now(COMMAND_TASK, Call.CHILD_POLICY, 2);
    f.now(child, Call.STOPPED, SIGTSTP);
    assertEquals(List.of(), f.signals());
    assertEquals(3, f.now(COMMAND_TASK, Call.WAIT, -1, WSTOPPED));
  }

  @Test
  void anOrphanedGroupIsNotStoppedFromATerminal() {
    assertEquals(-EPERM, f.now(COMMAND_TASK, Call.STOPPED, SIGTSTP));
    assertEquals(0, f.now(COMMAND_TASK, Call.STOPPED, 19));
  }

  @Test
  void usageOfWaitedForChildrenAddsUp() {
    int child = f.fork(COMMAND_TASK);
    int grandchild = f.fork(child);
    pm.tell(grandchild, Call.EXIT, 0);
    f.answerTeardown(100, 4096);
    f.now(child, Call.WAIT, -1, WEXITED);
    pm.tell(child, Call.EXIT, 0);
    f.answerTeardown(20, 8192);
    f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED);
    long usage = pm.ask(COMMAND_TASK, Call.WAIT_USAGE);
    pm.answer(pm.expect(KernelProtocol.Call.TIMES), 0, 3);
    assertEquals(3, pm.result(usage));
    assertEquals(120, pm.word(usage, 2));
    assertEquals(8, pm.word(usage, 4));
  }
}
