package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EDEADSRCDST;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ENXIO;
import static org.atoll.servers.pm.PmFixture.COMMAND_TASK;
import static org.atoll.servers.pm.PmFixture.RS;
import static org.atoll.servers.pm.PmFixture.VM;
import static org.atoll.servers.pm.PmFixture.kernel;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol.Call;
import org.atoll.abi.protocol.ProcessProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

class MoveTest {

  private final PmFixture f = new PmFixture();
  private final TurnRecorder pm = f.pm;

  /** Moves a process from node 0 to another, with everybody answering well. */
  static void move(PmFixture f, int task, int node) {
    f.pm.askWith(task, new byte[10], 0, Call.MOVE, node, 10, 0);
    f.pm.answer(f.pm.expect(KernelProtocol.Call.ADOPT), 0);
    f.pm.answer(f.pm.expect(KernelProtocol.Call.TIMES), 0, 50);
    f.pm.answer(f.pm.expect(KernelProtocol.Call.FORGET), 0);
    f.pm.answer(f.pm.expect(VmProtocol.Call.EXIT), 0);
    f.pm.expect(ProcessProtocol.Call.MOVED);
  }

  @Test
  void theSavedProgramGoesToTheTargetInPieces() {
    byte[] first = {1, 2, 3};
    byte[] second = {4, 5};
    assertEquals(0, pm.result(pm.askWith(COMMAND_TASK, first, 0, Call.MOVE, 1, 5, 0)));
    long last = pm.askWith(COMMAND_TASK, second, 0, Call.MOVE, 1, 5, 3);
    Sent adopt = pm.expect(KernelProtocol.Call.ADOPT);
    assertEquals(kernel(1), adopt.destination());
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, adopt.in());
    pm.answer(adopt, 0);
    assertEquals(kernel(0), pm.expect(KernelProtocol.Call.TIMES).destination());
    assertEquals(1, pm.expect(KernelProtocol.Call.FORGET).word(1));
    assertFalse(pm.isAnswered(last));
  }

  @Test
  void whatAProcessUsedOnANodeStaysThereWhenItGoes() {
    move(f, COMMAND_TASK, 1);
    assertEquals(50, pm.result(pm.ask(RS, Call.DEPARTED, 0)));
    assertEquals(0, pm.result(pm.ask(RS, Call.DEPARTED, 1)));
    assertEquals(50, pm.result(pm.ask(RS, Call.DEPARTED, -1)));
    assertEquals(-EINVAL, pm.result(pm.ask(RS, Call.DEPARTED, 64)));
  }

  @Test
  void theProcessGoesOnWhenAllKernelsKnow() {
    pm.ask(RS, Call.NODE_UP, 2, 99);
    pm.askWith(COMMAND_TASK, new byte[10], 0, Call.MOVE, 1, 10, 0);
    pm.answer(pm.expect(KernelProtocol.Call.ADOPT), 0);
    pm.answer(pm.expect(KernelProtocol.Call.TIMES), 0, 50);
    pm.answer(pm.expect(KernelProtocol.Call.FORGET), 0);
    assertFalse(pm.sentAny(ProcessProtocol.Call.MOVED));
    Sent locate = pm.expect(KernelProtocol.Call.LOCATE);
    assertEquals(kernel(2), locate.destination());
    pm.answer(locate, 0);
    assertEquals(VM, pm.expect(VmProtocol.Call.EXIT).destination());
    assertEquals(1, pm.expect(ProcessProtocol.Call.MOVED).word(0));
  }

  @Test
  void cpuTimeOfTheOldNodeStaysCounted() {
    move(f, COMMAND_TASK, 1);
    long usage = pm.ask(COMMAND_TASK, Call.WAIT_USAGE);
    Sent ask = pm.expect(KernelProtocol.Call.TIMES);
    assertEquals(kernel(1), ask.destination());
    pm.answer(ask, 0, 7);
    assertEquals(57, pm.result(usage));
  }

  @Test
  void aTargetThatCannotTakeItLeavesTheProcessWhereItWas() {
    long request = pm.askWith(COMMAND_TASK, new byte[10], 0, Call.MOVE, 1, 10, 0);
    pm.answer(pm.expect(KernelProtocol.Call.ADOPT), -EDEADSRCDST);
    assertEquals(-ENXIO, pm.result(request));
    assertFalse(pm.sentAny(KernelProtocol.Call.FORGET));
    assertEquals(0, pm.word(pm.ask(COMMAND_TASK, Call.NODES), 2));
  }

  @Test
  void anUnknownNodeIsRefused() {
    long request = pm.askWith(COMMAND_TASK, new byte[1], 0, Call.MOVE, 5, 1, 0);
    assertEquals(-ENXIO, pm.result(request));
  }

  @Test
  void piecesOutOfOrderAreRefused() {
    pm.askWith(COMMAND_TASK, new byte[3], 0, Call.MOVE, 1, 9, 0);
    long request = pm.askWith(COMMAND_TASK, new byte[3], 0, Call.MOVE, 1, 9, 6);
    assertEquals(-EINVAL, pm.result(request));
  }

  @Test
  void aMoveToTheSameNodeIsAnsweredAtOnce() {
    long request = pm.askWith(COMMAND_TASK, new byte[3], 0, Call.MOVE, 0, 3, 0);
    assertEquals(0, pm.result(request));
    assertFalse(pm.sentAny(KernelProtocol.Call.ADOPT));
  }

  @Test
  void signalsOnTheWayAreKeptUntilTheProcessHasArrived() {
    int child = f.fork(COMMAND_TASK);
    pm.askWith(child, new byte[10], 0, Call.MOVE, 1, 10, 0);
    f.now(COMMAND_TASK, Call.KILL, 3, 15);
    pm.answer(pm.expect(KernelProtocol.Call.ADOPT), 0);
    pm.answer(pm.expect(KernelProtocol.Call.TIMES), 0, 0);
    assertEquals(List.of(), f.signals());
    pm.answer(pm.expect(KernelProtocol.Call.FORGET), 0);
    assertEquals(List.of(child + ":15"), f.signalsByTask());
  }

  @Test
  void aProcessThatHasReachedTheTargetOutlivesTheNodeItLeft() {
    pm.askWith(COMMAND_TASK, new byte[10], 0, Call.MOVE, 1, 10, 0);
    pm.answer(pm.expect(KernelProtocol.Call.ADOPT), 0);
    pm.answer(pm.expect(KernelProtocol.Call.TIMES), 0, 0);
    pm.answer(pm.expect(KernelProtocol.Call.FORGET), -EDEADSRCDST);
    assertEquals(COMMAND_TASK, pm.expect(ProcessProtocol.Call.MOVED).destination());
  }

  @Test
  void aProcessThatDiesOnTheWayIsDestroyedAtTheTargetToo() {
    pm.askWith(COMMAND_TASK, new byte[10], 0, Call.MOVE, 1, 10, 0);
    pm.tell(kernel(0), Call.TASK_DIED, COMMAND_TASK);
    pm.answer(pm.expect(KernelProtocol.Call.ADOPT), 0);
    Sent destroy = pm.expect(KernelProtocol.Call.DESTROY);
    assertEquals(kernel(1), destroy.destination());
    assertEquals(COMMAND_TASK, destroy.word(0));
  }
}
