package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What two nodes may rely on, whatever carries their frames. */
@ParameterizedClass
@EnumSource(
    value = Door.Kind.class,
    names = {"SHM", "UNIX", "TCP"})
@Timeout(120)
class EveryWayTest {

  private static final long VOS = 99;

  private final Door.Kind way;
  private final Path keyFile;
  private final LinkKey key;
  private final List<LinkNode> nodes = new ArrayList<>();

  EveryWayTest(Door.Kind way, @TempDir Path folder) throws IOException {
    this.way = way;
    keyFile = folder.resolve("key");
    key = LinkKey.create(keyFile);
  }

  @AfterEach
  void closeNodes() throws InterruptedException {
    for (LinkNode node : nodes) {
      node.close();
    }
  }

  private LinkNode nodeZero(int of) {
    return node(0, of, null);
  }

  private LinkNode node(int number, int of, @Nullable Doors nodeZero) {
    LinkNode node = new LinkNode(new LinkIdentity(VOS, number, of, key), way, nodeZero);
    nodes.add(node);
    return node;
  }

  @Test
  void nodesFindEachOtherThroughNodeZero() throws Exception {
    LinkNode zero = nodeZero(3);
    LinkNode two = node(2, 3, zero.listen());
    zero.await("up 2");
    two.await("up 0");
    LinkNode one = node(1, 3, zero.listen());
    zero.await("up 1");
    one.await("up 0");
    two.await("up 1");
    one.await("up 2");
    two.send(1, 1, 4);
    one.await("received 1");
  }

  @Test
  void aHundredThousandFramesArriveInOrderBothWays() throws Exception {
    LinkNode zero = nodeZero(2);
    LinkNode one = node(1, 2, zero.listen());
    zero.await("up 1");
    one.await("up 0");
    zero.send(1, 100_000, 100);
    one.send(0, 100_000, 100);
    for (LinkNode node : nodes) {
      List<String> both = new ArrayList<>();
      both.add(node.events.take());
      both.add(node.events.take());
      both.sort(null);
      assertEquals(List.of("received 100000", "sent 100000"), both);
    }
  }

  /** Who takes frames out of memory again and again still looks at its sockets. */
  @Test
  void aNodeComesUpWhileTwoOthersFloodEachOther() throws Exception {
    LinkNode zero = nodeZero(3);
    Doors doors = zero.listen();
    LinkNode one = node(1, 3, doors);
    zero.await("up 1");
    one.await("up 0");
    zero.send(1, Integer.MAX_VALUE, 8);
    one.send(0, Integer.MAX_VALUE, 8);
    LinkNode two = node(2, 3, doors);
    for (LinkNode flooded : List.of(zero, one)) {
      String came = flooded.next();
      while (came.startsWith("received")) {
        came = flooded.next();
      }
      assertEquals("up 2", came);
    }
    two.await("up 0");
  }

  @Test
  void aNodeThatDoesNotReadStopsItsSenderAndLosesNothing() throws Exception {
    LinkNode zero = nodeZero(2);
    LinkNode one = node(1, 2, zero.listen());
    zero.await("up 1");
    one.await("up 0");
    one.reading(false);
    int frames = 100_000;
    zero.send(1, frames, 1_000);
    while (zero.refusals() == 0) {
      Thread.onSpinWait();
    }
    assertNull(zero.events.peek());
    one.reading(true);
    one.onCpu(any -> true);
    one.await("received 100000");
    zero.await("sent 100000");
  }

  @Test
  void whatWasSentBeforeTheEndArrivesAlsoWhereTheOtherEndIsSending() throws Exception {
    for (int round = 0; round < 20; round++) {
      LinkNode zero = nodeZero(2);
      LinkNode one = node(1, 2, zero.listen());
      zero.await("up 1");
      one.await("up 0");
      one.send(0, 1_000_000, 1_000);
      zero.send(1, 100_000, 8);
      zero.await("sent 100000");
      zero.close();
      one.await("received 100000");
      one.await("down 0");
      one.close();
      nodes.clear();
    }
  }

  @Test
  void whatTheReceiverThrowsIsThrownWhereTheCpuWaits() throws Exception {
    try (NettyLink zero =
        new NettyLink(
            LinkNode.loop(),
            new LinkIdentity(VOS, 0, 2, key),
            LinkNode.MACHINE,
            LinkNode.by(way),
            null,
            line -> {})) {
      zero.receiver(new ThrowingReceiver());
      node(1, 2, zero.listen()).send(0, 1, 4);
      OutOfMemoryError thrown =
          assertThrows(
              OutOfMemoryError.class,
              () -> {
                while (true) {
                  zero.waitForEvent(() -> true, -1);
                }
              });
      assertEquals("no memory (expected by this test)", thrown.getMessage());
    }
  }

  @Test
  void aNodeThatTheKernelDropsLearnsOfIt() throws Exception {
    LinkNode zero = nodeZero(2);
    LinkNode one = node(1, 2, zero.listen());
    zero.await("up 1");
    one.await("up 0");
    zero.onCpu(link -> {
      link.drop(1, "it broke the rules");
      return true;
    });
    zero.await("down 1");
    assertEquals("it broke the rules", zero.awaitLog());
    one.await("down 0");
  }

  @Test
  void aNodeWithAnotherKeyIsNotLetIn(@TempDir Path elsewhere) throws Exception {
    LinkNode zero = nodeZero(2);
    LinkKey wrong = LinkKey.create(elsewhere.resolve("wrong"));
    LinkNode stranger = new LinkNode(new LinkIdentity(VOS, 1, 2, wrong), way, zero.listen());
    nodes.add(stranger);
    stranger.await("down 0");
    assertTrue(zero.awaitLog().contains("does not know the key"));
    node(1, 2, zero.listen()).await("up 0");
    zero.await("up 1");
  }

  @Test
  void aNodeIsLetInOnlyOnce() throws Exception {
    LinkNode zero = nodeZero(2);
    LinkNode one = node(1, 2, zero.listen());
    zero.await("up 1");
    LinkNode twin = node(1, 2, zero.listen());
    assertTrue(zero.awaitLog().contains("node 1 was connected before"));
    one.await("up 0");
    one.send(0, 1, 4);
    zero.await("received 1");
    twin.await("down 0");
  }

  @Test
  void aNodeThatCannotReachNodeZeroIsTold() throws Exception {
    LinkNode zero = nodeZero(2);
    Doors door = zero.listen();
    zero.close();
    nodes.clear();
    LinkNode one = node(1, 2, door);
    one.await("down 0");
    assertTrue(one.awaitLog().contains("cannot connect"));
  }

  @Test
  void aKilledProcessIsMissedAtOnce() throws Exception {
    LinkNode zero = nodeZero(2);
    Process child = LinkChild.start(VOS, zero.listen(), keyFile);
    try {
      zero.await("up 1");
      zero.send(1, 100_000, 64);
      zero.await("sent 100000");
      zero.await("received 100000");
    } finally {
      child.destroyForcibly();
    }
    child.onExit().get();
    zero.onCpu(link -> {
      link.missing(1, "it was connected");
      return true;
    });
    zero.await("down 1");
    assertEquals("the connection ended", zero.awaitLog());
  }

  @Test
  void aHungProcessIsMissedAfterAWhile() throws Exception {
    LinkNode zero = nodeZero(2);
    Process child = LinkChild.start(VOS, zero.listen(), keyFile);
    try {
      zero.await("up 1");
      new ProcessBuilder("kill", "-STOP", Long.toString(child.pid())).start().waitFor();
      zero.await("down 1");
      assertEquals("no sign of life for 5 s", zero.awaitLog());
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void framesThatGoBothWaysSurviveManyCuts() throws Exception {
    LinkNode zero = nodeZero(2);
    LinkNode one = node(1, 2, zero.listen());
    zero.await("up 1");
    one.await("up 0");
    zero.cutEvery(7_777);
    zero.send(1, 100_000, 100);
    one.send(0, 100_000, 100);
    for (LinkNode node : nodes) {
      List<String> both = new ArrayList<>(List.of(node.next(), node.next()));
      both.sort(null);
      assertEquals(List.of("received 100000", "sent 100000"), both, node.log::toString);
    }
  }

  /** Fails at the first frame. */
  private static final class ThrowingReceiver implements Transport.Receiver {

    @Override
    public void frame(int node, ByteBuffer frame) {
      throw new OutOfMemoryError("no memory (expected by this test)");
    }

    @Override
    public void nodeUp(int node) {}

    @Override
    public void nodeDown(int node, String reason) {}

    @Override
    public void writable(int node) {}
  }
}
