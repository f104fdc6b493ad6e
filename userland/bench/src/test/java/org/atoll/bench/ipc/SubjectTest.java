package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.atoll.bench.ipc.Subject.Counters;
import org.atoll.drivers.link.Ways;
import org.atoll.drivers.link.netty.NettyLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured does what it says: so many operations, as the kernel counts them. */
@Timeout(120)
class SubjectTest {

  private static final int SAMPLES = 20;
  private static final int CALLS = 1_000;

  /** So often warm-ups may be tried: on a busy machine the compiler is late. */
  private static final int ROUNDS_MAX = 500;

  private static void makesWhatItSays(Subject subject) throws Exception {
    double[] nanos = new double[SAMPLES];
    Counters before = subject.counters();
    subject.run(nanos);
    Counters used = subject.counters().minus(before);
    assertEquals(SAMPLES * subject.batch(), used.events());
    assertTrue(Arrays.stream(nanos).allMatch(each -> each > 0), () -> Arrays.toString(nanos));
  }

  @ParameterizedTest
  @EnumSource
  void theKernelCountsTheOperationsOfANode(Operation operation) throws Exception {
    try (Subject subject = CallSubject.local(operation, 10)) {
      makesWhatItSays(subject);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theKernelCountsTheOperationsBetweenNodes(Operation operation) throws Exception {
    Throwable[] failure = new Throwable[1];
    NettyLink.own(() -> {
      try (Subject subject = new RemotePair(operation, Ways.AUTO)) {
        makesWhatItSays(subject);
      } catch (Exception | AssertionError e) {
        failure[0] = e;
      }
    });
    if (failure[0] != null) {
      throw new AssertionError(failure[0]);
    }
  }

  @Test
  void aCallThatIsWarmAllocatesNothing() throws Exception {
    double[] nanos = new double[SAMPLES];
    long operations = SAMPLES * CALLS;
    long bytes = operations;
    try (Subject subject = CallSubject.local(Operation.CALL, CALLS)) {
      for (int round = 0; round < ROUNDS_MAX && bytes >= operations; round++) {
        subject.run(nanos);
        Counters before = subject.counters();
        subject.run(nanos);
        bytes = subject.counters().minus(before).allocated();
      }
    }
    assertEquals(0, bytes / operations);
  }
}
