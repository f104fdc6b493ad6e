package org.atoll.servers.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.abi.protocol.SchedProtocol;
import org.atoll.abi.protocol.SchedProtocol.Call;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.sched.Candidate;
import org.atoll.libsys.sched.SchedulingPolicy;
import org.atoll.libsys.sched.Share;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

/** The scheduler, which is replaced by {@code load(save())} before every event. */
final class SchedServerTest {

  private static final int SELF = 1;
  private static final int PM = 2;
  private static final int RS = 3;
  private static final int KERNEL = Endpoint.kernelOf(0);
  private static final int TASK = 50;

  private final TurnRecorder sched = recorder(new TurnRecorder(SELF, SchedServer::create));

  private static TurnRecorder recorder(TurnRecorder made) {
    return made.serve(Role.PM, PM).serve(Role.RS, RS);
  }

  private static void begin(TurnRecorder of, long nice, long policy, long priority) {
    of.tell(PM, Call.BEGUN, TASK, 7, 2, 0, nice, policy, priority);
  }

  private static long weight(TurnRecorder of) {
    return of.expect(KernelProtocol.Call.SCHEDULE).word(2);
  }

  @Test
  void theKernelOfItsNodeIsToldWhatANewProcessHas() {
    sched.tell(PM, Call.BEGUN, TASK, 7, 2, 3, 0, SchedProtocol.OTHER, 0);
    Sent told = sched.expect(KernelProtocol.Call.SCHEDULE);
    assertEquals(Endpoint.kernelOf(3), told.destination());
    assertEquals(TASK, told.word(0));
    assertEquals(Limits.LEVEL_NORMAL, told.word(1));
    assertEquals(Limits.WEIGHT_NORMAL, told.word(2));
  }

  @Test
  void niceValuesHaveTheWeightsOfLinux() {
    begin(sched, 0, SchedProtocol.OTHER, 0);
    assertEquals(1_024, weight(sched));
    sched.tell(PM, Call.CHANGED, TASK, 19, SchedProtocol.OTHER, 0);
    assertEquals(15, weight(sched));
    sched.tell(PM, Call.CHANGED, TASK, -20, SchedProtocol.OTHER, 0);
    assertEquals(88_761, weight(sched));
    sched.tell(PM, Call.CHANGED, TASK, 0, SchedProtocol.IDLE, 0);
    assertEquals(3, weight(sched));
  }

  @Test
  void realTimePrioritiesAreLevelsBeforeTheOthers() {
    begin(sched, 0, SchedProtocol.FIFO, 99);
    Sent told = sched.expect(KernelProtocol.Call.SCHEDULE);
    assertEquals(1, told.word(1));
    assertEquals(0, told.word(2));
    assertEquals(0, told.word(3));
    sched.tell(PM, Call.CHANGED, TASK, 0, SchedProtocol.ROUND_ROBIN, 1);
    told = sched.expect(KernelProtocol.Call.SCHEDULE);
    assertEquals(99, told.word(1));
    assertTrue(told.word(3) > 0);
  }

  @Test
  void theKernelHearsNothingOfWhatItKnows() {
    begin(sched, 0, SchedProtocol.OTHER, 0);
    weight(sched);
    sched.tell(PM, Call.NAMED, TASK, 'a', 0);
    sched.tell(PM, Call.CHANGED, TASK, 0, SchedProtocol.OTHER, 0);
    assertFalse(sched.sentAny(KernelProtocol.Call.SCHEDULE));
  }

  @Test
  void aProcessThatMovesIsScheduledOnItsNewNode() {
    begin(sched, 5, SchedProtocol.OTHER, 0);
    weight(sched);
    sched.tell(PM, Call.MOVED, TASK, 1);
    Sent told = sched.expect(KernelProtocol.Call.SCHEDULE);
    assertEquals(Endpoint.kernelOf(1), told.destination());
    assertEquals(335, told.word(2));
  }

  @Test
  void strangersAreNotListenedTo() {
    sched.tell(99, Call.BEGUN, TASK, 7, 2, 0, 0, 0, 0);
    assertFalse(sched.sentAny(KernelProtocol.Call.SCHEDULE));
  }

  @Test
  void whatHasEndedIsForgotten() {
    begin(sched, 0, SchedProtocol.OTHER, 0);
    weight(sched);
    sched.tell(PM, Call.ENDED, TASK);
    sched.tell(PM, Call.CHANGED, TASK, 19, SchedProtocol.OTHER, 0);
    assertFalse(sched.sentAny(KernelProtocol.Call.SCHEDULE));
  }

  @Test
  void aSchedulerThatBeginsAnewAsksForAllProcesses() {
    sched.notifyServer(RS);
    Sent list = sched.expect(PmProtocol.Call.LIST);
    byte[] table = new byte[2 * ProcessRecord.BYTES];
    put(table, ProcessRecord.PID, 1);
    put(table, ProcessRecord.ENDPOINT, Endpoint.NONE);
    put(table, ProcessRecord.BYTES + ProcessRecord.PID, 2);
    put(table, ProcessRecord.BYTES + ProcessRecord.ENDPOINT, TASK);
    put(table, ProcessRecord.BYTES + ProcessRecord.STATE, 'S');
    put(table, ProcessRecord.BYTES + ProcessRecord.NICE, 10);
    sched.answerWith(list, table, 2, 0, 2);
    Sent told = sched.expect(KernelProtocol.Call.SCHEDULE);
    assertEquals(TASK, told.word(0));
    assertEquals(110, told.word(2));
    assertFalse(sched.sentAny(KernelProtocol.Call.SCHEDULE));
  }

  private static void put(byte[] table, int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      table[at + i] = (byte) (value >>> 8 * i);
    }
  }

  /** Gives each process that used up its allowance half of its weight, and counts. */
  private static final class Halving implements SchedulingPolicy {

    private int asked;

    @Override
    public Share share(Candidate process) {
      return Share.NORMAL.withAllowance(1_000).withWeight(process.name().equals("big") ? 64 : 32);
    }

    @Override
    public Share usedUp(Candidate process) {
      asked++;
      return process.share().withWeight(process.share().weight() / 2 + asked);
    }

    @Override
    public void save(StateWriter out) {
      out.writeInt(asked);
    }

    @Override
    public void load(StateReader in) {
      asked = in.readInt();
    }
  }

  @Test
  void aPolicyOfOnesOwnIsAskedAndKeepsItsState() {
    TurnRecorder own =
        recorder(
            new TurnRecorder(SELF, () -> new ServerLoop(() -> new SchedServer(new Halving()))));
    begin(own, 0, SchedProtocol.OTHER, 0);
    assertEquals(32, weight(own));
    own.tell(PM, Call.NAMED, TASK, 'b' | 'i' << 8 | 'g' << 16, 0);
    assertEquals(64, weight(own));
    own.tell(KERNEL, Call.ALLOWANCE_OVER, TASK);
    assertEquals(33, weight(own));
    own.tell(KERNEL, Call.ALLOWANCE_OVER, TASK);
    assertEquals(18, weight(own));
  }
}
