package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.atoll.abi.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes that no kernel would send end the link they came by, and nothing else. */
final class FrameFuzzTest {

  private static final long SEED = 20260101;

  /** The long form: {@code -Datoll.frames=1000000}. */
  private static final int FRAMES = Integer.getInteger("atoll.frames", 10_000);

  private final Logger log = Logger.getLogger("org.atoll.kernel");

  @BeforeEach
  void quiet() {
    log.setLevel(Level.OFF);
  }

  @AfterEach
  void loud() {
    log.setLevel(null);
  }

  @Test
  void randomFramesHarmNothing() {
    Random random = new Random(SEED);
    MemoryNet net = new MemoryNet(3);
    TestTask server = TestTask.serving((t, r, m) -> t.reply(r, m.w0));
    try (TestNode test = new TestNode(NodeConfig.of(0, 3), 1, net.end(0), Tracer.NONE);
        TestNode other = new TestNode(NodeConfig.of(2, 3), 1, net.end(2), Tracer.NONE)) {
      int endpoint = test.server("server", server);
      TestTask client =
          TestTask.doing(t -> t.call(endpoint, t.scratch().set(7, 5, 0, 0, 0, 0, 0, 0)));
      int clientEndpoint = other.server("client", client);
      net.end(2).receiver().nodeUp(0);
      net.end(0).receiver().nodeUp(2);
      for (int i = 0; i < FRAMES; i++) {
        net.end(0).receiver().nodeUp(1);
        net.end(0).receiver().frame(1, frame(random, endpoint));
        test.settle();
        net.end(1).forget();
        assertFalse(test.node.halted(), "seed " + SEED + ", frame " + i);
      }
      other.node.channel(clientEndpoint).raise();
      other.settle();
      net.end(0).poll();
      test.settle();
      net.end(2).poll();
      other.settle();
      assertEquals("answered 7 5", client.events.getLast(), "seed " + SEED);
    }
  }

  /** Anything from noise to a frame that is right but for one byte. */
  private static ByteBuffer frame(Random random, int endpoint) {
    ByteBuffer bytes = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    if (random.nextInt(4) == 0) {
      random.nextBytes(bytes.array());
      return bytes.limit(random.nextInt(201));
    }
    int source = Limits.SLOTS_PER_NODE + random.nextInt(100);
    Frame frame = new Frame();
    int any = 1 + random.nextInt(Frame.FETCH);
    int kind = any == Frame.HALT ? Frame.FULL : any;
    boolean call = !Set.of(Frame.MESSAGE, Frame.NOTIFY, Frame.GONE, Frame.FULL).contains(kind);
    int caller = kind == Frame.ANSWER || kind == Frame.FETCH ? endpoint : source;
    frame.set(kind, endpoint, call ? CallRecord.token(caller, 1 + random.nextInt(5)) : 0);
    frame.message.set(kind == Frame.ANSWER ? 1 << 31 : 7, random.nextLong(), 0, 0, 0, 0, 0, 0);
    frame.message.source = source;
    frame.patient = kind == Frame.REQUEST && random.nextBoolean();
    if (kind == Frame.REQUEST || kind == Frame.ANSWER || kind == Frame.BYTES) {
      frame.bytes = random.nextInt(100);
      frame.room = random.nextInt(100);
    }
    frame.writeHead(bytes);
    bytes.position(0).limit(frame.size());
    if (random.nextBoolean()) {
      bytes.put(random.nextInt(frame.size()), (byte) random.nextInt());
    }
    return bytes;
  }

  @Test
  void aMalformedFrameEndsTheLinkToItsNode() {
    MemoryNet net = new MemoryNet(2);
    try (TestNode test = new TestNode(NodeConfig.of(0, 2), 1, net.end(0), Tracer.NONE)) {
      net.end(0).receiver().nodeUp(1);
      assertEquals(3, test.node.nodesUp());
      net.end(0).receiver().frame(1, ByteBuffer.allocate(3));
      assertEquals(1, test.node.nodesUp());
      assertNotNull(net.end(0).dropped);
    }
  }
}
