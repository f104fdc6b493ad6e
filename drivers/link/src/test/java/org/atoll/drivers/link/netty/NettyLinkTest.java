package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.session.FrameHead;
import org.atoll.hypercall.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NettyLinkTest {

  private static final long VOS = 99;

  private final Path keyFile;
  private final LinkKey key;
  private final List<LinkNode> nodes = new ArrayList<>();

  NettyLinkTest(@TempDir Path folder) throws IOException {
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
    LinkNode node = new LinkNode(new LinkIdentity(VOS, 0, of, key), null);
    nodes.add(node);
    return node;
  }

  private LinkNode node(int number, int of, InetSocketAddress nodeZero) {
    LinkNode node = new LinkNode(new LinkIdentity(VOS, number, of, key), nodeZero);
    nodes.add(node);
    return node;
  }

  private static InetSocketAddress address(LinkNode node) throws Exception {
    return node.onCpu(LinkNode::listen);
  }

  @Test
  void nodesFindEachOtherThroughNodeZero() throws Exception {
    LinkNode zero = nodeZero(3);
    LinkNode two = node(2, 3, address(zero));
    zero.await("up 2");
    two.await("up 0");
    LinkNode one = node(1, 3, address(zero));
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
    LinkNode one = node(1, 2, address(zero));
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

  @Test
  void aNodeThatDoesNotReadStopsItsSenderAndLosesNothing() throws Exception {
    LinkNode zero = nodeZero(2);
    LinkNode one = node(1, 2, address(zero));
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
  void garbageIsClosedWithOneLineAndHarmsNobody() throws Exception {
    LinkNode zero = nodeZero(2);
    InetSocketAddress door = address(zero);
    LinkNode one = node(1, 2, door);
    zero.await("up 1");
    byte[] garbage = new byte[10_000];
    new Random(1).nextBytes(garbage);
    try (Socket stranger = new Socket(door.getAddress(), door.getPort())) {
      stranger.getOutputStream().write(garbage);
      assertTrue(zero.awaitLog().contains("does not speak the protocol"));
    }
    try (Socket stranger = new Socket(door.getAddress(), door.getPort())) {
      stranger.getOutputStream().write(garbage, 0, 10);
      stranger.shutdownOutput();
      assertTrue(zero.awaitLog().contains("the connection ended"));
    }
    one.send(0, 1, 4);
    zero.await("received 1");
    assertNull(zero.log.poll());
  }

  @Test
  void silenceIsClosedWhenItsTimeIsOver() throws Exception {
    LinkNode zero = nodeZero(2);
    InetSocketAddress door = address(zero);
    try (Socket stranger = new Socket(door.getAddress(), door.getPort())) {
      assertTrue(zero.awaitLog().contains("did not finish the handshake in time"));
      assertEquals(-1, stranger.getInputStream().read());
    }
  }

  @Test
  void onlySoManyStrangersAreLetInAtOnce() throws Exception {
    LinkNode zero = nodeZero(2);
    InetSocketAddress door = address(zero);
    List<Socket> flood = new ArrayList<>();
    for (int i = 0; i < Doorway.STRANGERS_MAX + 10; i++) {
      flood.add(new Socket(door.getAddress(), door.getPort()));
    }
    assertEquals("node link: turned away 10 connections, too many at once", zero.awaitLog());
    for (Socket stranger : flood) {
      stranger.close();
    }
    int closed = 0;
    int lines = 0;
    while (closed < Doorway.STRANGERS_MAX) {
      String line = zero.awaitLog();
      closed +=
          line.contains("closed a connection") ? 1 : Integer.parseInt(line.replaceAll("\\D", ""));
      lines++;
    }
    assertEquals(Doorway.STRANGERS_MAX, closed);
    assertTrue(lines < 20, lines + " lines");
    node(1, 2, door).await("up 0");
  }

  /** Node 1 by hand: a socket that has gone through the handshake. */
  private Socket handmadeNode(LinkNode zero) throws Exception {
    InetSocketAddress door = address(zero);
    Socket socket = new Socket(door.getAddress(), door.getPort());
    LinkIdentity identity = new LinkIdentity(VOS, 1, 2, key);
    Handshake handshake =
        Handshake.connector(identity, 0, LinkNode.at(door), 5, 0, LinkKey.random());
    socket.getOutputStream().write(handshake.opening());
    while (!handshake.complete()) {
      byte[] answer = socket.getInputStream().readNBytes(handshake.expectedBytes());
      socket.getOutputStream().write(handshake.take(answer));
    }
    zero.await("up 1");
    return socket;
  }

  @Test
  void aNodeThatSendsAnImpossibleLengthIsDead() throws Exception {
    LinkNode zero = nodeZero(2);
    try (Socket broken = handmadeNode(zero)) {
      broken.getOutputStream().write(new byte[] {-1, -1, -1, 31});
      zero.await("down 1");
      assertTrue(zero.awaitLog().contains("a frame of 536870911 bytes"));
    }
  }

  @Test
  void aNodeThatSendsAnUnknownControlFrameIsDead() throws Exception {
    LinkNode zero = nodeZero(2);
    try (Socket broken = handmadeNode(zero)) {
      broken.getOutputStream().write(frame(1 | FrameHead.OWN, 0, 0, 99));
      zero.await("down 1");
      assertTrue(zero.awaitLog().contains("unknown control frame, kind 99"));
    }
  }

  @Test
  void aFrameThatDidNotComeWholeIsNotShown() throws Exception {
    LinkNode zero = nodeZero(2);
    try (Socket broken = handmadeNode(zero)) {
      broken.getOutputStream().write(frame(4, 0, 0, 0, 0, 0, 0));
      broken.getOutputStream().write(frame(100, 1, 0, 1, 2));
      zero.await("received 1");
      broken.shutdownOutput();
      zero.await("down 1");
      assertEquals("the connection ended and did not come back", zero.awaitLog());
      assertEquals(1, zero.received());
    }
  }

  @Test
  void aNodeThatLiesAboutWhatItSentIsDead() throws Exception {
    LinkNode zero = nodeZero(2);
    try (Socket liar = handmadeNode(zero)) {
      liar.getOutputStream().write(frame(4, 1, 0, 0, 0, 0, 0));
      zero.await("down 1");
      assertEquals("it sent frame 1 in place of 0", zero.awaitLog());
    }
  }

  @Test
  void aNodeThatLiesAboutWhatItReceivedIsDead() throws Exception {
    LinkNode zero = nodeZero(2);
    try (Socket liar = handmadeNode(zero)) {
      liar.getOutputStream().write(frame(4, 0, 1, 0, 0, 0, 0));
      zero.await("down 1");
      assertEquals("it acknowledged frames that were never sent", zero.awaitLog());
    }
  }

  /** A frame as it is on the wire. */
  private static byte[] frame(int length, int number, int received, int... bytes) {
    ByteBuffer frame = ByteBuffer.allocate(12 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(length).putInt(number).putInt(received);
    for (int value : bytes) {
      frame.put((byte) value);
    }
    return frame.array();
  }

  @Test
  void whatWasSentBeforeTheEndArrivesAlsoWhereTheOtherEndIsSending() throws Exception {
    for (int round = 0; round < 20; round++) {
      LinkNode zero = nodeZero(2);
      LinkNode one = node(1, 2, address(zero));
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
        new NettyLink(new LinkIdentity(VOS, 0, 2, key), LinkNode.MACHINE, null, line -> {})) {
      zero.receiver(new ThrowingReceiver());
      node(1, 2, LinkNode.listen(zero)).send(0, 1, 4);
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

  @Test
  void aNodeThatTheKernelDropsLearnsOfIt() throws Exception {
    LinkNode zero = nodeZero(2);
    LinkNode one = node(1, 2, address(zero));
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
    LinkNode stranger = new LinkNode(new LinkIdentity(VOS, 1, 2, wrong), address(zero));
    nodes.add(stranger);
    stranger.await("down 0");
    assertTrue(zero.awaitLog().contains("does not know the key"));
    node(1, 2, address(zero)).await("up 0");
    zero.await("up 1");
  }

  @Test
  void aNodeIsLetInOnlyOnce() throws Exception {
    LinkNode zero = nodeZero(2);
    LinkNode one = node(1, 2, address(zero));
    zero.await("up 1");
    LinkNode twin = node(1, 2, address(zero));
    assertTrue(zero.awaitLog().contains("node 1 was connected before"));
    one.await("up 0");
    one.send(0, 1, 4);
    zero.await("received 1");
    twin.await("down 0");
  }

  @Test
  void aNodeThatCannotReachNodeZeroIsTold() throws Exception {
    LinkNode zero = nodeZero(2);
    InetSocketAddress door = address(zero);
    zero.close();
    nodes.clear();
    LinkNode one = node(1, 2, door);
    one.await("down 0");
    assertTrue(one.awaitLog().contains("cannot connect"));
  }

  @Test
  void aKilledProcessIsMissedAtOnce() throws Exception {
    LinkNode zero = nodeZero(2);
    Process child = LinkChild.start(VOS, address(zero), keyFile);
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
    Process child = LinkChild.start(VOS, address(zero), keyFile);
    try {
      zero.await("up 1");
      new ProcessBuilder("kill", "-STOP", Long.toString(child.pid())).start().waitFor();
      zero.await("down 1");
      assertEquals("no sign of life for 5 s", zero.awaitLog());
    } finally {
      child.destroyForcibly();
    }
  }
}
