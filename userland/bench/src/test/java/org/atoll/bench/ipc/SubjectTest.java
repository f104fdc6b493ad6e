package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.atoll.bench.ipc.Subject.Counters;
import org.atoll.drivers.link.netty.NettyLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured does what it says: so many operations, as the kernel counts them. */
@Timeout(120)
class SubjectTest {

  private static final int SAMPLES = 20;
  private static final int CALLS = 1_000;

  /** So often warm-ups may be tried: on a busy machine the compiler is late. */
  private static final int ROUNDS_MAX = 500;

  private static void makesWhatItSays(Subject subject) throws IOException {
    double[] nanos = new double[SAMPLES];
    Counters before = subject.counters();
    subject.run(nanos);
    Counters used = subject.counters().minus(before);
    assertEquals((long) SAMPLES * subject.batch() * subject.events(), used.events());
    assertTrue(Arrays.stream(nanos).allMatch(each -> each > 0), () -> Arrays.toString(nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sendrec.local.direct",
        "sendrec.local.queued",
        "sendrec.local.stackful",
        "sendrec.local.stackful.virtual",
        "sendrec.local.stackful.thread",
        "sendrec.local.traced",
        "sendrec.local.busy",
        "notify.local",
        "oneway.local",
        "oneway.local.batch",
        "callers.8.cpus.1",
        "copy.local.1",
        "copy.local.1m",
        "fair.local.mailbox",
        "fair.local.slow",
        "fair.local.copy",
        "fair.local.notify",
        "fair.local.oneway",
        "hypercall.null",
        "hypercall.null.refused"
      })
  void theKernelCountsTheOperationsOfANode(String row) throws Exception {
    try (Subject subject = Subjects.named(row, 1)) {
      makesWhatItSays(subject);
    }
  }

  /** In a process of its own, for its threads are pinned; which fails when counts differ. */
  @ParameterizedTest
  @ValueSource(strings = {"sendrec.local.xcpu", "sendrec.local.xcpu.idle", "callers.8.cpus.2"})
  void theKernelCountsTheOperationsOfTwoCpus(String row) throws Exception {
    Effort effort = new Effort(Duration.ofMillis(50), Duration.ofMillis(20));
    Burst burst = new ForkedTrial(row, Pinning.HOST, 1, effort, List.of()).round();
    assertTrue(burst.nanos().length >= SAMPLES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sendrec.vm.shm",
        "sendrec.node.tls",
        "sendrec.node.tcp.busy",
        "notify.node.unix",
        "oneway.node.tcp",
        "pipelined.node.tcp",
        "copy.node.tcp.1m",
        "fair.tcp.mailbox",
        "fair.unix.slow",
        "fair.shm.copy",
        "fair.tcp.notify",
        "fair.tcp.oneway"
      })
  void theKernelCountsTheOperationsBetweenNodes(String row) throws Exception {
    between(row, 2);
  }

  @Test
  void furtherNodesMayBeThere() throws Exception {
    between("sendrec.node.tcp", 3);
  }

  private static void between(String row, int nodes) {
    NettyLink.own(() -> {
      try (Subject subject = Subjects.named(row, nodes)) {
        makesWhatItSays(subject);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  @Test
  void aCallThatIsWarmAllocatesNothing() throws Exception {
    double[] nanos = new double[SAMPLES];
    long operations = SAMPLES * CALLS;
    long bytes = operations;
    try (Subject subject = Nodes.local(Operation.CALL.batches(CALLS))) {
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
