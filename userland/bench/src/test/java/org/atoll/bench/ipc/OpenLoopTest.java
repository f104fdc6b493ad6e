package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.atoll.drivers.link.netty.NettyLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Load that is offered at fixed times. */
@Timeout(120)
class OpenLoopTest {

  private static final int CALLS = 2_000;

  /** What is due at once waits for all before it, and that is counted. */
  @Test
  void aCallThatHadToWaitHasItsTimeFromWhenItWasDue() throws Exception {
    LoadPoint point = Nodes.open().offer(1e12, CALLS);
    double whole = CALLS / point.achieved() * 1e9;
    assertTrue(point.p50() > whole / 10, () -> point + " of " + whole + " ns in all");
    assertTrue(point.p999() >= point.p99() && point.p99() >= point.p50(), point::toString);
  }

  /** More than a mailbox holds, and than a turn sends. */
  @Test
  void asManyCallsAsThereMayBeAreUnderWay() throws Exception {
    int calls = 3 * OpenLoop.WINDOW;
    assertTrue(Nodes.open().offer(1e12, calls).achieved() > 0);
  }

  @Test
  void callsAreMadeAtTheRateThatWasAskedFor() throws Exception {
    LoadPoint point = Nodes.open().offer(10_000, CALLS);
    assertEquals(10_000, point.offered());
    assertTrue(point.achieved() <= 10_010, point::toString);
  }

  @Test
  void anotherNodeAnswersThemToo() {
    NettyLink.own(() -> {
      try (RemotePair pair = new RemotePair(Operation.CALL, Span.of("unix", 2))) {
        assertTrue(pair.open().offer(1e12, CALLS).achieved() > 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }
}
