package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * More requests with bytes than their callee's node keeps: the bytes of those that come too early
 * stay with their callers until they are asked for.
 */
final class LateBytesTest {

  private static final int BYTES = Limits.BUFFER_BYTES_MAX;

  /** Requests whose bytes are kept. */
  private static final int KEPT = (int) (RemoteRequests.STAGED_BYTES_MAX / BYTES);

  /** What comes after them in most tests. */
  private static final int LATE = 20;

  private final MemoryNet net = new MemoryNet(2);
  private final TestNode near = new TestNode(NodeConfig.of(0, 2), 1, net.end(0), Tracer.NONE);
  private final TestNode far = new TestNode(NodeConfig.of(1, 2), 1, net.end(1), Tracer.NONE);

  /** The number of each request that the server has got, and whether all its bytes were right. */
  private final List<Long> served = new ArrayList<>();

  private final TestTask server =
      TestTask.serving((turn, request, m) -> serve(turn, request, m.w0));
  private final byte[] lent = new byte[BYTES];
  private final TestTask client = new TestTask();
  private final List<Long> calls = new ArrayList<>();
  private int serverEndpoint;
  private int clientEndpoint;

  private void serve(Turn turn, long request, long number) {
    byte[] in = new byte[BYTES];
    assertEquals(BYTES, turn.kernel().copyIn(request, 0, in, 0, BYTES));
    assertTrue(Arrays.equals(lent, in));
    served.add(number);
  }

  /** A client that lends the server the bytes of a request of its own. */
  @BeforeEach
  void start() {
    net.connect();
    for (int i = 0; i < BYTES; i++) {
      lent[i] = (byte) (i * 31 >>> 3);
    }
    serverEndpoint = far.server("server", server);
    clientEndpoint = near.server("client", client);
    TestTask lender =
        TestTask.doing(t ->
            t.callWithBytes(
                clientEndpoint, t.scratch().set(7, 0, 0, 0, 0, 0, 0, 0), lent, BYTES, 0));
    near.node.channel(near.server("lender", lender)).raise();
    near.settle();
  }

  @AfterEach
  void close() {
    near.close();
    far.close();
  }

  /** Makes so many calls to a task, numbered on. */
  private void call(int callee, int many) {
    client.start =
        turn -> {
          long request = client.requests.getFirst();
          for (int i = 0; i < Math.min(many, Limits.SENDS_PER_TURN_MAX); i++) {
            turn.scratch().set(7, calls.size(), 0, 0, 0, 0, 0, 0);
            calls.add(turn.callLending(callee, turn.scratch(), request, 0, BYTES, 0, 0));
          }
        };
    near.node.channel(clientEndpoint).raise();
    near.settle();
    if (many > Limits.SENDS_PER_TURN_MAX) {
      call(callee, many - Limits.SENDS_PER_TURN_MAX);
    }
  }

  /** What is sent arrives, and is delivered as far as idle tasks get it at once. */
  private void exchange() {
    near.node.flush(0);
    far.node.flush(0);
    net.end(1).poll();
    net.end(0).poll();
  }

  private void settle() {
    boolean any = true;
    while (any) {
      near.settle();
      far.settle();
      any = net.end(0).poll() | net.end(1).poll();
    }
  }

  /** All that may be kept is, and some more requests are there whose bytes are not. */
  private void fill() {
    call(serverEndpoint, KEPT + LATE);
    net.end(1).poll();
  }

  private void reply(int many, int result) {
    server.start =
        turn -> {
          for (int i = 0; i < many; i++) {
            turn.reply(server.requests.removeFirst(), result);
          }
        };
    far.node.channel(serverEndpoint).raise();
  }

  private static void end(TestNode node, int endpoint) {
    Task task = Objects.requireNonNull(node.node.tasks.find(endpoint));
    node.node.reaper.end(node.node.cpu(0), task);
  }

  /** The server has got the first requests, so many, each once and in order. */
  private void assertServed(int many) {
    assertEquals(many, served.size());
    for (int i = 0; i < many; i++) {
      assertEquals(i, served.get(i));
    }
  }

  private long answers(int result) {
    return client.events.stream().filter(("answered 7 " + result)::equals).count();
  }

  /** Many turns, with a task among those that have them that is always ready. */
  private void steps() {
    for (int i = 0; i < 10 * KEPT; i++) {
      assertTrue(far.node.cpu(0).step());
      exchange();
    }
  }

  @Test
  void bytesForWhichThereIsNoRoomAreAskedForInOrderWhenThereIs() {
    fill();
    // So that it is busy: who is at rest asks for more than there is room for.
    TestTask busy = new TestTask();
    int endpoint = far.server("busy", busy);
    busy.start = turn -> turn.send(endpoint, turn.scratch());
    busy.whenTold = busy.start;
    far.node.channel(endpoint).raise();
    steps();
    assertServed(KEPT);
    reply(3, 5);
    steps();
    assertServed(KEPT + 3);
    busy.whenTold = turn -> {};
    reply(KEPT, 5);
    settle();
    assertServed(KEPT + LATE);
    assertEquals(KEPT + 3, answers(5));
  }

  @Test
  void serversThatRestAskForSomeMoreAtATime() {
    fill();
    far.settle();
    far.settle();
    far.node.flush(0);
    net.end(0).poll();
    near.settle();
    net.end(1).poll();
    far.settle();
    assertServed(KEPT + 16);
    settle();
    assertServed(KEPT + LATE);
  }

  @Test
  void whereServersRestMoreIsKeptUpToALimit() {
    call(serverEndpoint, 2 * KEPT + LATE);
    settle();
    assertServed(2 * KEPT);
    reply(1, 5);
    settle();
    assertServed(2 * KEPT + 1);
    assertEquals("answered 7 5", client.events.getLast());
  }

  private void cancel(List<Long> which) {
    client.start = turn -> which.forEach(turn::cancel);
    near.node.channel(clientEndpoint).raise();
    near.settle();
  }

  @Test
  void aCallThatIsCancelledMeanwhileIsMadeAtOnceAndThenCancelled() {
    fill();
    cancel(List.of(calls.get(KEPT + 1)));
    for (int i = 0; i < 3; i++) {
      exchange();
    }
    while (!server.events.getLast().equals("cancelled")) {
      assertTrue(far.node.cpu(0).step());
    }
    int last = server.events.size() - 1;
    assertEquals("request 7 " + (KEPT + 1), server.events.get(last - 1));
    settle();
    assertEquals(KEPT + LATE, served.size());
    assertEquals(1, server.events.stream().filter("cancelled"::equals).count());
  }

  @Test
  void aWishToCancelThatCrossesWhatIsAskedForComesBehindTheCall() {
    fill();
    cancel(calls.subList(KEPT, KEPT + LATE));
    far.settle();
    assertEquals(KEPT, served.size());
    net.end(0).poll();
    settle();
    assertServed(KEPT + LATE);
    assertEquals(LATE, server.events.stream().filter("cancelled"::equals).count());
    assertNull(net.end(0).dropped);
    assertNull(net.end(1).dropped);
  }

  @Test
  void aCallerThatDiesTakesItsBytesWithIt() {
    fill();
    end(near, clientEndpoint);
    near.node.flush(0);
    far.settle();
    assertEquals(KEPT, served.size());
    settle();
    assertEquals(KEPT, served.size());
    assertEquals(List.of(), far.node.remoteCallsTo(serverEndpoint));
  }

  @Test
  void aCalleeThatDiesFailsThemAll() {
    fill();
    end(far, serverEndpoint);
    settle();
    assertEquals(KEPT + LATE, answers(-Errno.EDEADSRCDST));
  }

  @Test
  void aCalleeThatHasNeverBeenCalledFailsThemToo() {
    fill();
    TestTask second = new TestTask();
    int endpoint = far.server("second", second);
    call(endpoint, 1);
    net.end(1).poll();
    end(far, endpoint);
    near.settle();
    far.node.flush(0);
    net.end(0).poll();
    near.settle();
    assertEquals("answered 7 " + -Errno.EDEADSRCDST, client.events.getLast());
    assertEquals(List.of(), second.events);
  }

  /** A process that leaves the far node for the near one while a call to it is late. */
  private int leaver() {
    fill();
    int process = far.node.life.spawn();
    call(process, 1);
    net.end(1).poll();
    StateWriter state = new StateWriter();
    new TestProgram().save(state);
    assertEquals(0, near.node.life.adopt(process, state.toBytes()));
    assertEquals(0, far.node.life.forget(far.node.cpu(0), process, 0));
    return process;
  }

  @Test
  void aCallerThatDiesAfterItsCalleeHasLeftIsMissedWhenItIsAsked() {
    int process = leaver();
    end(near, clientEndpoint);
    settle();
    assertEquals(List.of(), far.node.remoteCallsTo(process));
    assertEquals(List.of(), far.node.remoteCallsTo(serverEndpoint));
  }

  @Test
  void whatIsAskedForFollowsACalleeThatHasLeft() {
    Task process = Objects.requireNonNull(near.node.tasks.find(leaver()));
    TestProgram moved = (TestProgram) process.handler;
    moved.serve = (turn, request, m) -> turn.reply(request, m.w0 + 1);
    settle();
    assertEquals(List.of("request 7 " + (KEPT + LATE)), moved.events);
    assertEquals("answered 7 " + (KEPT + LATE + 1), client.events.getLast());
  }

  @Test
  void bytesThatAreTheCallersNoMoreFailIt() {
    fill();
    end(near, Turn.caller(client.requests.getFirst()));
    settle();
    assertEquals(KEPT, served.size());
    assertEquals(LATE, answers(-Errno.EFAULT));
    assertNull(net.end(1).dropped);
  }

  private void says(int kind, long request, int bytes) {
    Frame frame = new Frame().set(kind, serverEndpoint, request);
    frame.message.set(7, 0, 0, 0, 0, 0, 0, 0).source = clientEndpoint;
    frame.bytes = bytes;
    ByteBuffer written = ByteBuffer.allocate(frame.size()).order(ByteOrder.LITTLE_ENDIAN);
    frame.writeHead(written);
    net.end(1).receiver().frame(0, written.clear());
  }

  @Test
  void bytesThatNobodyAskedForAreNotTaken() {
    fill();
    long first = CallRecord.token(clientEndpoint, calls.getFirst().intValue());
    long late = CallRecord.token(clientEndpoint, calls.get(KEPT).intValue());
    says(Frame.BYTES, first, BYTES);
    says(Frame.BYTES, late, BYTES);
    says(Frame.BYTES, late + 100_000, BYTES);
    settle();
    assertServed(KEPT + LATE);
  }

  @Test
  void otherBytesThanThoseOfTheRequestAreMalformed() {
    fill();
    far.settle();
    says(Frame.BYTES, CallRecord.token(clientEndpoint, calls.get(KEPT).intValue()), 5);
    assertNotNull(net.end(1).dropped);
  }

  @Test
  void bytesThatTheCallerHasGivenAwayAreRefused() {
    fill();
    client.start =
        turn -> turn.callWithBytes(serverEndpoint, turn.scratch(), new byte[BYTES], BYTES, 0);
    near.node.channel(clientEndpoint).raise();
    near.settle();
    net.end(1).poll();
    far.node.flush(0);
    net.end(0).poll();
    near.settle();
    assertEquals(KEPT, served.size());
    assertTrue(client.events.getLast().endsWith(" " + -Errno.ENOMEM), client.events::getLast);
  }
}
