package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EDEADSRCDST;
import static org.atoll.abi.Errno.ENOENT;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;
import static org.atoll.servers.pm.PmFixture.COMMAND;
import static org.atoll.servers.pm.PmFixture.COMMAND_TASK;
import static org.atoll.servers.pm.PmFixture.RS;
import static org.atoll.servers.pm.PmFixture.SIGCONT;
import static org.atoll.servers.pm.PmFixture.SIGHUP;
import static org.atoll.servers.pm.PmFixture.SIGKILL;
import static org.atoll.servers.pm.PmFixture.VFS;
import static org.atoll.servers.pm.PmFixture.WEXITED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol.Call;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

class ExitTest {

  private final PmFixture f = new PmFixture();
  private final TurnRecorder pm = f.pm;

  @Test
  void theEndOfTheCommandAnswersInit() {
    assertFalse(pm.isAnswered(f.init));
    f.exit(COMMAND_TASK, 9 << 8);
    assertEquals(9 << 8, pm.result(f.init));
    assertEquals(COMMAND, pm.word(f.init, 1));
  }

  @Test
  void aCommandThatCannotBeExecutedAnswersInitWithTheErrno() {
    TurnRecorder fresh =
        new TurnRecorder(PmFixture.PM, () -> PmServer.create(PmFixture.PROCESSES_MAX));
    fresh.serve(Role.VFS, VFS).serve(Role.RS, RS).serve(Role.VM, PmFixture.VM);
    fresh.ask(RS, Call.NODE_UP, 0, PmFixture.VM);
    long init = fresh.askWith(RS, new byte[8], 0, Call.INIT);
    fresh.answer(fresh.expect(KernelProtocol.Call.SPAWN), 100);
    fresh.answer(fresh.expect(VfsProtocol.Call.INIT_PROCESS), 0);
    fresh.answer(fresh.expect(ProcessProtocol.Call.EXEC), -ENOENT);
    fresh.answer(fresh.expect(KernelProtocol.Call.TIMES), 0, 0);
    fresh.answer(fresh.expect(org.atoll.abi.protocol.VmProtocol.Call.EXIT), 0);
    fresh.answer(fresh.expect(VfsProtocol.Call.EXIT), 0);
    assertEquals(-ENOENT, fresh.result(init));
  }

  @Test
  void onlyRsMayStartTheCommand() {
    assertEquals(-EPERM, f.now(COMMAND_TASK, Call.INIT));
  }

  @Test
  void orphansGoToProcessOneAndAreReapedSilently() {
    int child = f.fork(COMMAND_TASK);
    int grandchild = f.fork(child);
    f.exit(child, 0);
    assertEquals(1, f.now(grandchild, Call.GETPPID));
    f.exit(grandchild, 0);
    assertEquals(-ESRCH, f.now(COMMAND_TASK, Call.KILL, 4, 0));
  }

  @Test
  void zombiesOfAnEndedParentGoAway() {
    int child = f.fork(COMMAND_TASK);
    int grandchild = f.fork(child);
    f.exit(grandchild, 0);
    assertEquals(0, f.now(COMMAND_TASK, Call.KILL, 4, 0));
    f.exit(child, 0);
    assertEquals(-ESRCH, f.now(COMMAND_TASK, Call.KILL, 4, 0));
  }

  @Test
  void aStoppedGroupThatBecomesOrphanedGetsSighupAndSigcont() {
    int shell = f.fork(COMMAND_TASK);
    int job = f.fork(shell);
    f.now(job, Call.SETPGID, 0, 0);
    f.now(job, Call.STOPPED, 20);
    f.signals();
    f.exit(shell, 0);
    assertEquals(
        List.of(job + ":" + SIGHUP, job + ":" + SIGCONT, COMMAND_TASK + ":17"), f.signalsByTask());
  }

  @Test
  void aRunningGroupThatBecomesOrphanedIsLeftAlone() {
    int shell = f.fork(COMMAND_TASK);
    int job = f.fork(shell);
    f.now(job, Call.SETPGID, 0, 0);
    f.exit(shell, 0);
    assertEquals(List.of(COMMAND_TASK + ":17"), f.signalsByTask());
  }

  @Test
  void aTaskThatFailsEndsItsProcessAsIfKilled() {
    int child = f.fork(COMMAND_TASK);
    pm.tell(PmFixture.kernel(0), Call.TASK_DIED, child);
    f.answerTeardown(0, 0);
    long wait = pm.ask(COMMAND_TASK, Call.WAIT, -1, WEXITED);
    assertEquals(SIGKILL, pm.word(wait, 1));
  }

  @Test
  void nobodyButAKernelCanSayThatATaskDied() {
    int child = f.fork(COMMAND_TASK);
    pm.tell(COMMAND_TASK, Call.TASK_DIED, child);
    assertFalse(pm.sentAny(VfsProtocol.Call.EXIT));
  }

  @Test
  void aDeadNodeTakesItsProcessesAndNothingElse() {
    int stays = f.fork(COMMAND_TASK);
    int goes = f.fork(COMMAND_TASK);
    MoveTest.move(f, goes, 1);
    pm.tell(PmFixture.kernel(0), Call.NODE_DOWN, 1);
    assertEquals(goes, pm.expect(VfsProtocol.Call.EXIT).word(0));
    pm.answer(pm.expect(KernelProtocol.Call.TIMES), -EDEADSRCDST);
    assertFalse(pm.sentAny(VfsProtocol.Call.EXIT));
    assertEquals(0, f.now(stays, Call.GETPGID, 0) - COMMAND);
  }

  @Test
  void theParentOfAProcessOnADeadNodeIsTold() {
    int child = f.fork(COMMAND_TASK);
    MoveTest.move(f, child, 1);
    long wait = pm.ask(COMMAND_TASK, Call.WAIT, -1, WEXITED);
    pm.tell(PmFixture.kernel(0), Call.NODE_DOWN, 1);
    pm.answer(pm.expect(KernelProtocol.Call.TIMES), -EDEADSRCDST);
    pm.answer(pm.expect(org.atoll.abi.protocol.VmProtocol.Call.EXIT), -EDEADSRCDST);
    pm.answer(pm.expect(VfsProtocol.Call.EXIT), 0);
    assertEquals(3, pm.result(wait));
    assertEquals(SIGKILL, pm.word(wait, 1));
    assertEquals(1, f.now(COMMAND_TASK, Call.NODES));
  }

  @Test
  void manyProcessesOfADeadNodeEndOverSeveralTurns() {
    for (int i = 0; i < 300; i++) {
      int child = f.fork(COMMAND_TASK);
      MoveTest.move(f, child, 1);
    }
    pm.tell(PmFixture.kernel(0), Call.NODE_DOWN, 1);
    assertEquals(256, count());
    pm.ring(Exit.ALARM);
    assertEquals(300, count());
  }

  @Test
  void callsThatFindNoRoomAreMadeInOrderWhenThereIs() {
    int child = f.fork(COMMAND_TASK);
    long wait = pm.ask(COMMAND_TASK, Call.WAIT, -1, WEXITED);
    pm.callsLeft(1);
    pm.tell(child, Call.EXIT, 0);
    assertFalse(pm.sentAny(VfsProtocol.Call.EXIT));
    pm.callsLeft(1);
    pm.ring(State.ALARM);
    assertEquals(child, pm.expect(VfsProtocol.Call.EXIT).word(0));
    assertFalse(pm.sentAny(org.atoll.abi.protocol.VmProtocol.Call.EXIT));
    pm.callsLeft(100);
    pm.answer(pm.expect(KernelProtocol.Call.TIMES), 0, 0);
    pm.answer(pm.expect(org.atoll.abi.protocol.VmProtocol.Call.EXIT), 0, 0);
    assertFalse(pm.isAnswered(wait));
  }

  private long count() {
    return pm.unseen().stream()
        .filter(s -> s.message().type == VfsProtocol.Call.EXIT.number())
        .count();
  }
}
