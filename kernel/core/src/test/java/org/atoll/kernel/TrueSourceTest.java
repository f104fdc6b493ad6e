package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three nodes, of which node 1 is trusted and lies about who speaks. */
final class TrueSourceTest {

  private static final int NODES = 3;
  private static final int LIAR = 1;

  /** A task of node 2 that has not moved. */
  private static final int INNOCENT = Endpoint.of(2 * Limits.SLOTS_PER_NODE + 7, 0);

  private final MemoryNet net = new MemoryNet(NODES);
  private final TestNode[] tests = new TestNode[NODES];
  private final Logger log = Logger.getLogger("org.atoll.kernel");
  private final LineCounter lines = new LineCounter();
  private final TestTask server = TestTask.serving((t, r, m) -> t.reply(r, m.w0));
  private int serverEndpoint;

  @BeforeEach
  void start() {
    for (int i = 0; i < NODES; i++) {
      tests[i] = new TestNode(NodeConfig.of(i, NODES), 1, net.end(i), Tracer.NONE);
    }
    net.connect();
    serverEndpoint = tests[0].server("server", server);
    log.setUseParentHandlers(false);
    log.addHandler(lines);
  }

  @AfterEach
  void close() {
    log.removeHandler(lines);
    log.setUseParentHandlers(true);
    for (TestNode test : tests) {
      test.close();
    }
  }

  private void settle() {
    boolean any = true;
    while (any) {
      any = false;
      for (TestNode test : tests) {
        test.settle();
      }
      for (int n = 0; n < NODES; n++) {
        any |= net.end(n).poll();
      }
    }
  }

  private void says(int kind, int source, int destination, int hops) {
    boolean call = kind == Frame.REQUEST || kind == Frame.CANCEL || kind == Frame.BYTES;
    Frame frame = new Frame();
    frame.set(kind, destination, call ? CallRecord.token(source, 1) : 0);
    frame.message.set(7, kind == Frame.FULL ? 1 : 5, 0, 0, 0, 0, 0, 0);
    frame.message.source = source;
    frame.hops = hops;
    ByteBuffer bytes = ByteBuffer.allocate(Frame.HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    frame.writeHead(bytes);
    net.end(0).receiver().frame(LIAR, bytes.flip());
    settle();
  }

  @ParameterizedTest
  @ValueSource(ints = {Frame.REQUEST, Frame.MESSAGE, Frame.NOTIFY, Frame.BYTES})
  void nobodyHearsWhatANodeSaysForAnothersTask(int kind) {
    says(kind, INNOCENT, serverEndpoint, 0);
    says(kind, INNOCENT, serverEndpoint, 1);
    says(kind, Endpoint.kernelOf(0), serverEndpoint, 0);
    says(kind, serverEndpoint, serverEndpoint, 1);
    assertEquals(List.of(), server.events);
    assertEquals(1, lines.count);
    assertEquals(0b111, tests[0].node.nodesUp());
  }

  @Test
  void whatANodeSaysForItsOwnTasksIsHeard() {
    says(Frame.MESSAGE, Endpoint.of(LIAR * Limits.SLOTS_PER_NODE + 7, 0), serverEndpoint, 0);
    assertEquals(List.of("message 7 5"), server.events);
    assertEquals(0, lines.count);
  }

  @Test
  void aTaskOfAnotherNodeCannotBeSaidToBeGone() {
    int process = tests[0].node.life.spawn();
    tests[0].node.life.adopt(INNOCENT, savedProgram());
    says(Frame.GONE, Endpoint.NONE, INNOCENT, 0);
    says(Frame.GONE, Endpoint.NONE, process + 1, 0);
    assertEquals(0, tests[0].node.locations.nodeOf(INNOCENT));
    assertEquals(process + 1, tests[0].node.life.spawn());
    assertEquals(process + 2, tests[0].node.life.spawn());
  }

  @Test
  void aTaskOfAnotherNodeCannotBeSaidToBeFull() {
    says(Frame.FULL, Endpoint.NONE, INNOCENT, 0);
    assertFalse(tests[0].node.link().crowded(Endpoint.kernelOf(0), INNOCENT));
    assertEquals(1, lines.count);
  }

  @Test
  void aProcessIsHeardFromWhereItIsAndWhereItWasUntilItIsGone() {
    int process = tests[2].node.life.spawn();
    assertEquals(0, tests[LIAR].node.life.adopt(process, savedProgram()));
    assertEquals(0, tests[2].node.life.forget(tests[2].node.cpu(0), process, LIAR));
    tests[0].node.life.locate(process, LIAR);
    says(Frame.MESSAGE, process, serverEndpoint, 0);
    tests[0].node.life.locate(process, 2);
    says(Frame.MESSAGE, process, serverEndpoint, 0);
    assertEquals(List.of("message 7 5", "message 7 5"), server.events);
    says(Frame.GONE, Endpoint.NONE, process, 0);
    says(Frame.MESSAGE, process, serverEndpoint, 0);
    assertEquals(2, server.events.size());
  }

  @Test
  void whatWaitsForAProcessThatLeavesGoesAfterIt() {
    int process = tests[1].node.life.spawn();
    TestTask sender = TestTask.doing(t -> say(t, process));
    int from = tests[2].server("sender", sender);
    assertEquals(0, tests[0].node.life.adopt(process, savedProgram()));
    assertEquals(0, tests[1].node.life.forget(tests[1].node.cpu(0), process, 0));
    tests[2].node.channel(from).raise();
    settle();
    Task moved = tests[0].node.tasks.find(process);
    assertNotNull(moved);
    assertEquals(List.of("message 7 1"), ((TestProgram) moved.handler).events);
    assertNull(tests[1].node.tasks.find(process));
    assertEquals(0, lines.count);
  }

  @Test
  void aProcessThatCameBackAndDiesIsForgottenEverywhere() {
    int process = tests[1].node.life.spawn();
    assertEquals(0, tests[0].node.life.adopt(process, savedProgram()));
    assertEquals(0, tests[1].node.life.forget(tests[1].node.cpu(0), process, 0));
    tests[2].node.life.locate(process, 0);
    byte[] state = savedProgram();
    assertEquals(0, tests[1].node.life.adopt(process, state));
    assertEquals(0, tests[0].node.life.forget(tests[0].node.cpu(0), process, 1));
    tests[2].node.life.locate(process, 1);
    assertEquals(List.of(process), tests[2].node.locations.guestsOf(1));
    Task back = tests[1].node.tasks.find(process);
    assertNotNull(back);
    tests[1].node.reaper.end(tests[1].node.cpu(0), back);
    settle();
    for (TestNode test : tests) {
      assertEquals(List.of(), test.node.locations.guestsOf(1));
    }
  }

  private static void say(Turn turn, int to) {
    turn.send(to, turn.scratch().set(7, 1, 0, 0, 0, 0, 0, 0));
  }

  private static byte[] savedProgram() {
    StateWriter out = new StateWriter();
    new TestProgram().save(out);
    return out.toBytes();
  }

  /** Counts lines for the person. */
  private static final class LineCounter extends Handler {

    private int count;

    @Override
    public void publish(LogRecord line) {
      count++;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
