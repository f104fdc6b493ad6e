package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How long servers whose turns are long keep others waiting: a tenth of a millisecond each, and the
 * turn under way, however many turns their slices might have.
 */
final class LongTurnsOfServersTest {

  private static final long LONG_TURN = 30_000;

  /** Turns of that length which fit into a tenth of a millisecond, and the one that ends it. */
  private static final int FEW = 4;

  /** Turns before the clock is looked at for the first time. */
  private static final int UNKNOWN = Slice.CHUNK_COST / Slice.TURN_COST;

  private static final long SHORT_TURN = 40;
  private static final int ALL = Slice.POLL_COST / Slice.TURN_COST;

  private final TestNode test = new TestNode();

  /** Whose turn it was last. */
  private @Nullable Endless last;

  @AfterEach
  void close() {
    test.close();
  }

  /** Goes on with messages to itself, unless to somebody else: always ready. */
  private class Endless extends TestTask {
    private final long nanos;
    private int slice;
    private int shortest = Integer.MAX_VALUE;
    private int longest;
    private final int endpoint;

    /** To whom each turn sends a message. */
    private int to;

    Endless(String name, long nanos) {
      this.nanos = nanos;
      endpoint = test.server(name, this);
      to = endpoint;
    }

    private void goOn(Turn turn) {
      test.host.nanos = test.host.nanos + nanos;
      Endless before = last;
      if (before != null && before != this) {
        before.over();
      }
      last = this;
      slice++;
      turn.send(to, turn.scratch().set(1, 0, 0, 0, 0, 0, 0, 0));
    }

    private void over() {
      shortest = Math.min(shortest, slice);
      longest = Math.max(longest, slice);
      slice = 0;
    }

    @Override
    public void notified(Turn turn, int source) {
      goOn(turn);
    }

    @Override
    public void message(Turn turn, Message m) {
      goOn(turn);
    }

    private void start() {
      test.node.channel(endpoint).raise();
    }

    /** What was counted before does not count. */
    private void forget() {
      slice = 0;
      shortest = Integer.MAX_VALUE;
      longest = 0;
    }
  }

  private void steps(int count) {
    for (int i = 0; i < count; i++) {
      assertTrue(test.node.cpu(0).step());
    }
  }

  @Test
  void whoseTurnsAreLongGivesWaySoon() {
    Endless slow = new Endless("slow", LONG_TURN);
    Endless quick = new Endless("quick", SHORT_TURN);
    slow.start();
    quick.start();
    steps(10 * ALL);
    assertEquals(UNKNOWN, slow.longest);
    slow.forget();
    quick.forget();
    steps(10 * ALL);
    assertEquals(FEW, slow.longest);
    assertEquals(FEW, slow.shortest);
    assertEquals(ALL, quick.longest);
  }

  /** Who has short slices leaves the books open, and their next look at the clock far away. */
  @Test
  void soDoesWhoComesBehindQuickOnes() {
    Endless slow = new Endless("slow", LONG_TURN);
    Endless quick = new Endless("quick", SHORT_TURN);
    Endless other = new Endless("other", SHORT_TURN);
    quick.start();
    steps(10 * ALL);
    slow.start();
    steps(10 * ALL);
    slow.forget();
    quick.forget();
    quick.to = other.endpoint;
    other.to = quick.endpoint;
    steps(10 * ALL);
    assertEquals(1, quick.shortest);
    assertTrue(slow.longest <= FEW, "turns in a row: " + slow.longest);
  }

  @Test
  void whoseTurnsBecomeShortGetsAllOfThem() {
    long[] nanos = {LONG_TURN};
    Endless changing =
        new Endless("changing", 0) {
          @Override
          public void message(Turn turn, Message m) {
            test.host.nanos = test.host.nanos + nanos[0];
            super.message(turn, m);
          }
        };
    Endless quick = new Endless("quick", SHORT_TURN);
    changing.start();
    quick.start();
    steps(10 * ALL);
    nanos[0] = SHORT_TURN;
    steps(2 * ALL);
    changing.forget();
    steps(10 * ALL);
    assertEquals(ALL, changing.shortest);
  }
}
