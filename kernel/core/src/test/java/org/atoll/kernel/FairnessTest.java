package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How many turns of others a pair waits for that has nothing to do with them: never more than a
 * slice of each of those that were ready before it. In turns, not in time: a turn itself is not cut
 * short.
 */
final class FairnessTest {

  /** Turns of one slice, when each is a plain one. */
  private static final long SLICE = Limits.QUANTUM_INSTRUCTIONS / Slice.TURN_COST;

  private static final int WINDOW = Limits.SENDS_PER_TURN_MAX;
  private static final int CALLS = 50;

  /** Turns that were given to anybody but the pair. */
  private final AtomicLong turns = new AtomicLong();

  private final TestNode test = new TestNode();
  private final Innocent innocent = new Innocent();
  private int innocentEndpoint;

  /** Calls a server of its own, one call after the other, and counts others' turns between. */
  private final class Innocent extends TestTask {
    private final int server =
        test.server("server", TestTask.serving((turn, request, m) -> turn.reply(request, 0)));
    private long before;
    long longest;
    int answers;

    @Override
    public void notified(Turn turn, int source) {
      before = turns.get();
      turn.call(server, turn.scratch().set(7, 0, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public void answered(Turn turn, long call, Message m) {
      longest = Math.max(longest, turns.get() - before);
      answers++;
    }
  }

  /** Somebody else: each turn is counted. */
  private abstract class Other extends TestTask {

    abstract void turn(Turn turn, int source);

    @Override
    public void notified(Turn turn, int source) {
      turns.incrementAndGet();
      turn(turn, source);
    }

    @Override
    public void message(Turn turn, Message m) {
      turns.incrementAndGet();
      turn(turn, m.source);
    }

    @Override
    public void answered(Turn turn, long call, Message m) {
      turns.incrementAndGet();
      turn(turn, m.source);
    }

    @Override
    public void request(Turn turn, long request, Message m) {
      turns.incrementAndGet();
      turn.reply(request, 0);
    }
  }

  /** Notifies whoever notifies it. */
  private final class Echo extends Other {
    private final int first;

    Echo(int first) {
      this.first = first;
    }

    @Override
    void turn(Turn turn, int source) {
      turn.notify(source == Endpoint.HOST ? first : source);
    }
  }

  /** Has as many messages wait at another as a turn may send, and sends one for each taken. */
  private final class Flooder extends Other {
    private final int to;

    Flooder(int to) {
      this.to = to;
    }

    @Override
    void turn(Turn turn, int source) {
      for (int i = 0; i < (source == Endpoint.HOST ? WINDOW : 1); i++) {
        turn.send(to, turn.scratch().set(7, 0, 0, 0, 0, 0, 0, 0));
      }
    }
  }

  /** Tells each sender that its message was taken. */
  private final class Reader extends Other {
    @Override
    void turn(Turn turn, int source) {
      turn.send(source, turn.scratch().set(8, 0, 0, 0, 0, 0, 0, 0));
    }
  }

  /** Has many calls with full buffers under way. */
  private final class Copier extends Other {
    private static final byte[] NOTHING = {};
    private static final int COPIES = 128;
    private final int server;

    Copier(int server) {
      this.server = server;
    }

    @Override
    void turn(Turn turn, int source) {
      for (int i = 0; i < (source == Endpoint.HOST ? COPIES : 1); i++) {
        Message m = turn.scratch().set(7, 0, 0, 0, 0, 0, 0, 0);
        turn.callWithBytes(server, m, NOTHING, 0, Limits.BUFFER_BYTES_MAX);
      }
    }
  }

  /** Fills what it is lent. */
  private final class Filler extends Other {
    private final byte[] data = new byte[Limits.BUFFER_BYTES_MAX];

    @Override
    void turn(Turn turn, int source) {}

    @Override
    public void request(Turn turn, long request, Message m) {
      turns.incrementAndGet();
      turn.reply(request, turn.kernel().copyOut(request, 0, data, 0, data.length));
    }
  }

  @BeforeEach
  void startInnocent() {
    innocentEndpoint = test.server("innocent", innocent);
  }

  @AfterEach
  void close() {
    test.close();
  }

  private int start(TestTask task) {
    int endpoint = test.server("other", task);
    test.node.channel(endpoint).raise();
    return endpoint;
  }

  /** Has the innocent call while the others go on; the most turns that one call waited for. */
  private long longestWait() {
    steps(10_000);
    for (int call = 1; call <= CALLS; call++) {
      test.node.channel(innocentEndpoint).raise();
      for (int i = 0; innocent.answers < call && i < 1_000_000; i++) {
        steps(1);
      }
      assertEquals(call, innocent.answers, "calls answered");
      steps(call);
    }
    return innocent.longest;
  }

  private void steps(int count) {
    for (int i = 0; i < count; i++) {
      test.node.cpu(0).step();
    }
  }

  private void assertWaits(long turnsMax) {
    long waited = longestWait();
    assertTrue(waited <= turnsMax, waited + " turns of others, not " + turnsMax);
  }

  @Test
  void aFloodOfNotificationsKeepsAPairWaitingForASlice() {
    int one = test.server("one", new Echo(Endpoint.NONE));
    start(new Echo(one));
    assertWaits(SLICE + 1);
  }

  @Test
  void eachMoreFloodIsOneSliceMore() {
    for (int i = 0; i < 4; i++) {
      int one = test.server("one", new Echo(Endpoint.NONE));
      start(new Echo(one));
    }
    assertWaits(4 * (SLICE + 1));
  }

  @Test
  void aFullMailboxKeepsAPairWaitingForASliceOfItsOwnerAndOneOfItsSender() {
    int reader = test.server("reader", new Reader());
    start(new Flooder(reader));
    assertWaits(2 * (SLICE + 1));
  }

  @Test
  void aCopyOfManyMegabytesKeepsAPairWaitingForASliceOfEachSide() {
    int filler = test.server("filler", new Filler());
    start(new Copier(filler));
    assertWaits(2 * (SLICE + 1));
  }

  /** It came during the slice, so it is next: else two slices lie before it, not one. */
  @Test
  void whoIsWokenFromOutsideGoesBeforeTheOneWhoseSliceIsOver() {
    start(
        new Other() {
          @Override
          void turn(Turn turn, int source) {
            turn.notify(turn.self());
          }
        });
    steps(100);
    AtomicLong arrived = new AtomicLong();
    test.host.arrivals =
        () -> {
          if (arrived.compareAndSet(0, turns.get())) {
            test.node.channel(innocentEndpoint).raise();
          }
        };
    steps(10_000);
    assertEquals(1, innocent.answers);
    assertTrue(arrived.get() > 0);
    assertEquals(arrived.get(), innocent.before);
  }

  /** What is copied counts as the instructions that it takes, so a slice has less of such turns. */
  @Test
  void aTurnThatCopiesCountsAsMuchAsItCopies() {
    int filler = test.server("filler", new Filler());
    start(new Copier(filler));
    long perCopy = Slice.TURN_COST + Limits.BUFFER_BYTES_MAX / 128;
    long copies = Limits.QUANTUM_INSTRUCTIONS / perCopy + 1;
    assertWaits(2 * copies + SLICE);
  }
}
