package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EAGAIN;
import static org.atoll.abi.Errno.EINTR;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ENOMEM;
import static org.atoll.servers.pm.PmFixture.COMMAND;
import static org.atoll.servers.pm.PmFixture.COMMAND_TASK;
import static org.atoll.servers.pm.PmFixture.SIGCHLD;
import static org.atoll.servers.pm.PmFixture.SIGKILL;
import static org.atoll.servers.pm.PmFixture.WEXITED;
import static org.atoll.servers.pm.PmFixture.WNOHANG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol.Call;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

class ForkTest {

  private final PmFixture f = new PmFixture();
  private final TurnRecorder pm = f.pm;

  @Test
  void aForkAnswersThePidAndTellsTheChildWhoItIs() {
    long request = pm.ask(COMMAND_TASK, Call.FORK, 0, SIGCHLD);
    int child = f.answerFork(request);
    assertEquals(3, pm.result(request));
    Sent forked = pm.expect(ProcessProtocol.Call.FORKED);
    assertEquals(child, forked.destination());
    assertEquals(3, forked.word(0));
    assertEquals(COMMAND, forked.word(1));
  }

  @Test
  void aForkWaitsForMemoryAndFilesWhicheverIsFirst() {
    long request = pm.ask(COMMAND_TASK, Call.FORK, 0, SIGCHLD);
    pm.answer(pm.expect(KernelProtocol.Call.FORK), 200);
    pm.answer(pm.expect(VfsProtocol.Call.FORK), 0);
    assertFalse(pm.isAnswered(request));
    pm.answer(pm.expect(VmProtocol.Call.FORK), 0);
    assertTrue(pm.isAnswered(request));
  }

  @Test
  void noForkGoesBeyondTheMostProcesses() {
    for (int there = 1; there < PmFixture.PROCESSES_MAX; there++) {
      f.answerFork(pm.ask(COMMAND_TASK, Call.FORK, 0, SIGCHLD));
    }
    assertEquals(-EAGAIN, pm.result(pm.ask(COMMAND_TASK, Call.FORK, 0, SIGCHLD)));
  }

  @Test
  void aForkWithoutMemoryIsTakenBack() {
    long request = pm.ask(COMMAND_TASK, Call.FORK, 0, SIGCHLD);
    pm.answer(pm.expect(KernelProtocol.Call.FORK), 200);
    pm.answer(pm.expect(VmProtocol.Call.FORK), -ENOMEM);
    pm.answer(pm.expect(VfsProtocol.Call.FORK), 0);
    assertEquals(-ENOMEM, pm.result(request));
    assertEquals(200, pm.expect(VfsProtocol.Call.EXIT).word(0));
    assertEquals(200, pm.expect(KernelProtocol.Call.DESTROY).word(0));
    assertFalse(pm.sentAny(VmProtocol.Call.EXIT));
    assertEquals(-Errno.ECHILD, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED));
  }

  @Test
  void aKernelWithoutSlotsMakesForkAnswerEagain() {
    long request = pm.ask(COMMAND_TASK, Call.FORK, 0, SIGCHLD);
    pm.answer(pm.expect(KernelProtocol.Call.FORK), -EAGAIN);
    assertEquals(-EAGAIN, pm.result(request));
  }

  @Test
  void aForkOfAProcessThatDiesMeanwhileIsTakenBack() {
    long request = pm.ask(COMMAND_TASK, Call.FORK, 0, SIGCHLD);
    pm.answer(pm.expect(KernelProtocol.Call.FORK), 200);
    pm.tell(PmFixture.kernel(0), Call.TASK_DIED, COMMAND_TASK);
    pm.answer(pm.expect(VmProtocol.Call.FORK), 0);
    pm.answer(pm.expect(VfsProtocol.Call.FORK), 0);
    assertEquals(-EINTR, pm.result(request));
    List<Long> vmExits =
        List.of(pm.expect(VmProtocol.Call.EXIT).word(0), pm.expect(VmProtocol.Call.EXIT).word(0));
    assertEquals(List.of((long) COMMAND_TASK, 200L), vmExits);
    assertFalse(pm.sentAny(ProcessProtocol.Call.FORKED));
  }

  @Test
  void aVforkParentWaitsForTheExecOfItsChild() {
    long request = pm.ask(COMMAND_TASK, Call.FORK, 1, SIGCHLD);
    int child = freshFork();
    assertFalse(pm.isAnswered(request));
    f.exec(child);
    assertEquals(3, pm.result(request));
  }

  @Test
  void aVforkParentGoesOnWhenItsChildEnds() {
    long request = pm.ask(COMMAND_TASK, Call.FORK, 1, SIGCHLD);
    int child = freshFork();
    f.exit(child, 0);
    assertEquals(3, pm.result(request));
    assertEquals(3, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED));
  }

  @Test
  void onlySigkillEndsTheWaitOfAVforkParent() {
    long request = pm.ask(COMMAND_TASK, Call.FORK, 1, SIGCHLD);
    int child = freshFork();
    pm.cancelRequest(request);
    assertFalse(pm.isAnswered(request));
    assertEquals(0, f.now(child, Call.KILL, COMMAND, SIGKILL));
    pm.cancelRequest(request);
    assertEquals(-EINTR, pm.result(request));
  }

  @Test
  void aSignalToTheGroupDuringAForkReachesTheChildToo() {
    int other = f.fork(COMMAND_TASK);
    pm.expect(ProcessProtocol.Call.FORKED);
    long request = pm.ask(COMMAND_TASK, Call.FORK, 0, SIGCHLD);
    f.now(other, Call.KILL, 0, 15);
    f.signals();
    int child = f.answerFork(request);
    assertEquals(List.of(child + ":15"), f.signalsByTask());
  }

  @Test
  void aChildInTheMakingIsNobodysToSee() {
    long request = pm.ask(COMMAND_TASK, Call.FORK, 0, SIGCHLD);
    assertEquals(-Errno.ECHILD, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED | WNOHANG));
    assertEquals(-Errno.ESRCH, f.now(COMMAND_TASK, Call.KILL, 3, 0));
    assertFalse(pm.isAnswered(request));
  }

  @Test
  void unknownFlagsAreRefused() {
    assertEquals(-EINVAL, f.now(COMMAND_TASK, Call.FORK, 0x40, SIGCHLD));
    assertEquals(-EINVAL, f.now(COMMAND_TASK, Call.FORK, 0, 65));
  }

  @Test
  void pidsGoUpAndAreNotReusedAtOnce() {
    int first = f.fork(COMMAND_TASK);
    long pid = f.forkedPid(first);
    f.exit(first, 0);
    assertEquals(pid, f.now(COMMAND_TASK, Call.WAIT, -1, WEXITED));
    assertEquals(pid + 1, f.forkedPid(f.fork(COMMAND_TASK)));
  }

  private int freshFork() {
    return f.answerFork(0);
  }

  @Test
  void aUserMayHaveNoMoreProcessesThanTheLimitSays() {
    int child = f.fork(COMMAND_TASK);
    f.throughVfs(child, Call.SETRESUID, 7, 7, 7);
    assertEquals(-EAGAIN, f.now(child, Call.FORK, 0, SIGCHLD, 1));
    f.answerFork(pm.ask(child, Call.FORK, 0, SIGCHLD, 2));
    assertEquals(-EAGAIN, f.now(child, Call.FORK, 0, SIGCHLD, 2));
  }
}
