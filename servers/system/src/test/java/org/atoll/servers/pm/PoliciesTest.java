package org.atoll.servers.pm;

import static org.atoll.servers.pm.PmFixture.COMMAND_TASK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.PmProtocol.Call;
import org.atoll.abi.protocol.SchedProtocol;
import org.atoll.libsys.testing.Sent;
import org.junit.jupiter.api.Test;

/** Nice values and scheduling policies, and what the scheduler hears. */
final class PoliciesTest {

  private static final int SCHED = 9;
  private static final int PROCESS = 0;

  private final PmFixture f = new PmFixture();

  private int forkWithScheduler() {
    f.pm.serve(Role.SCHED, SCHED);
    return f.fork(COMMAND_TASK);
  }

  private long set(int task, long pid, int policy, int priority, int flags) {
    return f.now(task, Call.SET_POLICY, pid, policy, priority, flags, 0);
  }

  @Test
  void theSchedulerHearsOfANewProcess() {
    int child = forkWithScheduler();
    Sent begun = f.pm.expect(SchedProtocol.Call.BEGUN);
    assertEquals(SCHED, begun.destination());
    assertEquals(child, begun.word(0));
    assertEquals(3, begun.word(1));
    assertEquals(PmFixture.COMMAND, begun.word(2));
  }

  @Test
  void theSchedulerHearsOfTheEndOfAProcess() {
    int child = forkWithScheduler();
    f.exit(child, 0);
    assertEquals(child, f.pm.expect(SchedProtocol.Call.ENDED).word(0));
  }

  @Test
  void theSchedulerHearsOfANiceValueThatChanges() {
    int child = forkWithScheduler();
    assertEquals(0, f.now(child, Call.SETPRIORITY, PROCESS, 0, 7));
    Sent changed = f.pm.expect(SchedProtocol.Call.CHANGED);
    assertEquals(child, changed.word(0));
    assertEquals(7, changed.word(1));
  }

  @Test
  void nobodyWaitsForASchedulerThatThereIsNot() {
    f.fork(COMMAND_TASK);
    assertFalse(f.pm.sentAny(SchedProtocol.Call.BEGUN));
  }

  @Test
  void niceValuesAreNotLoweredByRootEither() {
    assertEquals(0, f.now(COMMAND_TASK, Call.SETPRIORITY, PROCESS, 0, 5));
    assertEquals(-Errno.EACCES, f.now(COMMAND_TASK, Call.SETPRIORITY, PROCESS, 0, 4));
    assertEquals(15, f.now(COMMAND_TASK, Call.GETPRIORITY, PROCESS, 0));
  }

  @Test
  void realTimePoliciesAreRefused() {
    assertEquals(-Errno.EPERM, set(COMMAND_TASK, 0, SchedProtocol.FIFO, 1, 0));
    assertEquals(-Errno.EINVAL, set(COMMAND_TASK, 0, SchedProtocol.FIFO, 0, 0));
    assertEquals(-Errno.EINVAL, set(COMMAND_TASK, 0, SchedProtocol.BATCH, 1, 0));
    assertEquals(-Errno.EINVAL, set(COMMAND_TASK, 0, 4, 0, 0));
    assertEquals(-Errno.ESRCH, set(COMMAND_TASK, 77, SchedProtocol.BATCH, 0, 0));
  }

  @Test
  void aChildHasItsParentsPolicyUnlessThatIsReset() {
    int resets = PmProtocol.POLICY_RESETS;
    assertEquals(0, set(COMMAND_TASK, 0, SchedProtocol.BATCH, 0, resets));
    int child = f.fork(COMMAND_TASK);
    assertEquals(SchedProtocol.BATCH, f.now(child, Call.GET_POLICY, 0));
    assertEquals(-Errno.EPERM, set(COMMAND_TASK, 0, SchedProtocol.BATCH, 0, 0));
    assertEquals(0, set(child, 0, SchedProtocol.OTHER, 0, 0));
  }

  @Test
  void nobodyComesBackFromIdle() {
    assertEquals(0, set(COMMAND_TASK, 0, SchedProtocol.IDLE, 0, 0));
    assertEquals(-Errno.EPERM, set(COMMAND_TASK, 0, SchedProtocol.OTHER, 0, 0));
  }
}
