package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EINTR;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;
import static org.atoll.servers.pm.PmFixture.COMMAND;
import static org.atoll.servers.pm.PmFixture.COMMAND_TASK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.atoll.abi.protocol.PmProtocol.Call;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

final class TasksTest {

  private static final int DS = 8;

  private final PmFixture f = new PmFixture();
  private final TurnRecorder pm = f.pm;

  @Test
  void serversLearnWhoseATaskIs() {
    long request = pm.ask(DS, Call.PROCESS_OF, COMMAND_TASK);
    assertEquals(COMMAND, pm.result(request));
    assertEquals(0, pm.word(request, 1));
    assertEquals(-ESRCH, f.now(DS, Call.PROCESS_OF, DS));
  }

  @Test
  void processesDoNotLearnOfTasks() {
    assertEquals(-EPERM, f.now(COMMAND_TASK, Call.PROCESS_OF, COMMAND_TASK));
    assertEquals(-EPERM, f.now(COMMAND_TASK, Call.END_OF, COMMAND_TASK));
  }

  @Test
  void theEndOfAProcessIsToldWhenItBegins() {
    int child = f.fork(COMMAND_TASK);
    long awaited = pm.ask(DS, Call.END_OF, child);
    assertFalse(pm.isAnswered(awaited));
    f.exit(child, 0);
    assertEquals(0, pm.result(awaited));
    assertEquals(-ESRCH, f.now(DS, Call.END_OF, child));
  }

  @Test
  void whoWaitsForAnEndMayStop() {
    long awaited = pm.ask(DS, Call.END_OF, COMMAND_TASK);
    pm.cancelRequest(awaited);
    assertEquals(-EINTR, pm.result(awaited));
  }
}
