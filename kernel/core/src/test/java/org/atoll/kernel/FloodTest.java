package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A sender that never waits, and a receiver that is slower: what waits is bounded, on the node of
 * either, and what was accepted comes once and in order.
 */
final class FloodTest {

  /** A turn may go on sending when the limit is reached in it. */
  private static final long WAITING_MAX =
      Limits.LETTERS_HELD_MAX + Limits.MAILBOX_SLOTS + Limits.SENDS_PER_TURN_MAX;

  /** What is on its way before the other node has said that it takes no more. */
  private static final long ON_ITS_WAY = 2 * Limits.SENDS_PER_TURN_MAX;

  private final MemoryNet net = new MemoryNet(2);
  private final TestNode[] tests = new TestNode[2];
  private final Flooder flooder = new Flooder();
  private final Reader reader = new Reader();

  /** Sends numbers while it may, in each turn; and is told for the next turn by the test. */
  private static final class Flooder extends TestTask {
    int to;
    long sent;
    int refusal;

    @Override
    public void notified(Turn turn, int source) {
      refusal = 0;
      while (refusal == 0) {
        refusal = turn.send(to, turn.scratch().set(7, sent, 0, 0, 0, 0, 0, 0));
        sent += refusal == 0 ? 1 : 0;
      }
    }
  }

  /** Looks whether each number is the next one. */
  private static final class Reader extends TestTask {
    long taken;

    @Override
    public void message(Turn turn, Message m) {
      assertEquals(taken, m.w0);
      taken++;
    }
  }

  @BeforeEach
  void start() {
    for (int i = 0; i < tests.length; i++) {
      tests[i] = new TestNode(NodeConfig.of(i, tests.length), 1, net.end(i), Tracer.NONE);
    }
    net.connect();
  }

  @AfterEach
  void close() {
    for (TestNode test : tests) {
      test.close();
    }
  }

  private int startReader(int node) {
    flooder.to = tests[node].server("reader", reader);
    return tests[0].server("flooder", flooder);
  }

  private Mailbox mailbox(int node) {
    return tests[node].node.tasks.find(flooder.to).mailbox;
  }

  /** A turn of the flooder alone: the reader has the next one behind it. */
  private void flood(int endpoint) {
    tests[0].node.channel(endpoint).raise();
    long before = flooder.sent;
    flooder.refusal = 0;
    while (flooder.refusal == 0) {
      tests[0].node.cpu(0).step();
    }
    assertTrue(flooder.sent - before <= Limits.SENDS_PER_TURN_MAX);
  }

  /**
   * What has arrived is in the mailbox, for the reader is at work; what is to be said to the
   * sender's node has arrived.
   */
  private void deliver() {
    tests[0].node.flush(0);
    Node there = tests[1].node;
    Task busy = Objects.requireNonNull(there.tasks.find(flooder.to));
    assertTrue(there.scheduler.borrow(busy));
    net.end(1).poll();
    there.scheduler.release(there.cpu(0), busy);
    tests[1].node.flush(0);
    net.end(0).poll();
  }

  private void settle() {
    boolean any = true;
    while (any) {
      tests[0].settle();
      tests[1].settle();
      any = net.end(0).poll() | net.end(1).poll();
    }
  }

  @Test
  void whatWaitsForATaskThatIsSlowerIsBounded() {
    int endpoint = startReader(0);
    for (int turn = 0; turn < 100; turn++) {
      flood(endpoint);
      assertTrue(mailbox(0).depth() <= WAITING_MAX, () -> mailbox(0).depth() + " letters wait");
    }
    assertEquals(-Errno.ENOBUFS, flooder.refusal);
    settle();
    assertEquals(flooder.sent, reader.taken);
  }

  @Test
  void aSenderThatWasRefusedMaySendWhenThereIsRoomAgain() {
    int endpoint = startReader(0);
    for (int turn = 0; turn < 100; turn++) {
      flood(endpoint);
    }
    settle();
    flood(endpoint);
    settle();
    assertEquals(0, mailbox(0).depth());
    assertEquals(flooder.sent, reader.taken);
  }

  @Test
  void whatWaitsForATaskOfAnotherNodeIsBoundedThere() {
    int endpoint = startReader(1);
    for (int turn = 0; turn < 100; turn++) {
      flood(endpoint);
      deliver();
      long most = WAITING_MAX + ON_ITS_WAY;
      assertTrue(mailbox(1).depth() <= most, () -> mailbox(1).depth() + " letters wait");
    }
    long sent = flooder.sent;
    flood(endpoint);
    assertEquals(sent, flooder.sent);
    settle();
    assertEquals(sent, reader.taken);
  }

  @Test
  void aSenderOnAnotherNodeMaySendWhenThereIsRoomAgain() {
    int endpoint = startReader(1);
    for (int turn = 0; turn < 100; turn++) {
      flood(endpoint);
      deliver();
    }
    settle();
    long sent = flooder.sent;
    flood(endpoint);
    assertEquals(sent + Limits.SENDS_PER_TURN_MAX, flooder.sent);
    settle();
    assertEquals(flooder.sent, reader.taken);
  }

  @Test
  void aFullMailboxStopsNobodyElse() {
    int endpoint = startReader(1);
    TestTask other = new TestTask();
    int otherEndpoint = tests[1].server("other", other);
    int caller =
        tests[0].server(
            "caller",
            TestTask.doing(t -> t.send(otherEndpoint, t.scratch().set(7, 5, 0, 0, 0, 0, 0, 0))));
    for (int turn = 0; turn < 100; turn++) {
      flood(endpoint);
      deliver();
    }
    tests[0].node.channel(caller).raise();
    settle();
    assertEquals("message 7 5", other.events.getLast());
  }

  @Test
  void aReceiverThatDiesIsFullNoMore() {
    int endpoint = startReader(1);
    for (int turn = 0; turn < 100; turn++) {
      flood(endpoint);
      deliver();
    }
    tests[1].node.reaper.end(tests[1].node.cpu(0), tests[1].node.tasks.find(flooder.to));
    tests[1].node.flush(0);
    net.end(0).poll();
    flood(endpoint);
    assertEquals(0, reader.taken);
    assertTrue(!tests[0].node.link().crowded(endpoint, flooder.to));
  }

  @Test
  void aLinkThatTakesNothingRefusesWhoFloodsItAndNobodyElseBeforeItsNodeIsGivenUp() {
    net.room = 0;
    int endpoint = startReader(1);
    List<Integer> results = new ArrayList<>();
    int other =
        tests[0].server(
            "other",
            TestTask.doing(t ->
                results.add(
                    t.send(Endpoint.kernelOf(1), t.scratch().set(7, 0, 0, 0, 0, 0, 0, 0)))));
    for (int turn = 0; turn < 1_000; turn++) {
      flood(endpoint);
      tests[0].node.flush(0);
    }
    assertEquals(-Errno.ENOBUFS, flooder.refusal);
    tests[0].node.channel(other).raise();
    tests[0].settle();
    assertEquals(List.of(0), results);
    assertNull(net.end(0).dropped);
    assertTrue(flooder.sent * Frame.HEAD_BYTES < Wire.WAITING_BYTES_MAX / FairFrames.ROWS);
    net.room = Integer.MAX_VALUE;
    net.end(0).receiver().writable(1);
    settle();
    assertEquals(flooder.sent, reader.taken);
  }
}
