package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several callers of one server: each has its slice, and none has the others queue for it. */
final class ManyCallersTest {

  private static final int CALLERS = 8;
  private static final int SLICES = 40;

  /** Round trips of one slice. */
  private static final int SLICE = Limits.QUANTUM_INSTRUCTIONS / (2 * Slice.TURN_COST);

  private final TestNode test = new TestNode();
  private final long[] served = new long[CALLERS];
  private final int server = test.server("server", TestTask.serving(this::serve));
  private int last;
  private int changes;

  private void serve(Turn turn, long request, Message m) {
    int caller = (int) m.w0;
    if (caller != last) {
      changes++;
      last = caller;
    }
    served[caller]++;
    turn.reply(request, 0);
  }

  /** Calls the server again and again. */
  private final class Endless extends TestTask {
    private final int number;

    Endless(int number) {
      this.number = number;
      start = this::call;
    }

    private void call(Turn turn) {
      turn.call(server, turn.scratch().set(7, number, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public void answered(Turn turn, long call, Message m) {
      call(turn);
    }
  }

  @AfterEach
  void close() {
    test.close();
  }

  private void steps(int count) {
    for (int i = 0; i < count; i++) {
      test.node.cpu(0).step();
    }
  }

  /** A request left over from one slice is served in the next, and then nobody waits in a row. */
  @Test
  void theServerGoesFromCallerToCallerOncePerSlice() {
    for (int i = 0; i < CALLERS; i++) {
      test.node.channel(test.server("caller", new Endless(i))).raise();
    }
    steps(2 * SLICE * SLICES);
    assertTrue(changes <= 3 * SLICES, changes + " changes of the caller in " + SLICES + " slices");
    long least = Arrays.stream(served).min().orElseThrow();
    long most = Arrays.stream(served).max().orElseThrow();
    assertTrue(most - least <= SLICE + CALLERS, least + " to " + most + " calls served");
  }

  /** Who is answered waits while the server has more to do that came before the next call. */
  @Test
  void whatWaitsAtAServerIsServedInOneGo() {
    TestTask caller = TestTask.doing(this::callFourTimes);
    test.node.channel(test.server("caller", caller)).raise();
    steps(1 + 4);
    assertEquals(4, Arrays.stream(served).sum(), "requests served");
    assertEquals(0, caller.events.size(), "answers before the last request");
    test.settle();
    assertEquals(4, caller.events.size(), "answers");
  }

  private void callFourTimes(Turn turn) {
    for (int i = 0; i < 4; i++) {
      turn.call(server, turn.scratch().set(7, i, 0, 0, 0, 0, 0, 0));
    }
  }
}
