package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.session.FrameHead;
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
    LinkNode node = new LinkNode(new LinkIdentity(VOS, 0, of, key), Door.Kind.TCP, null);
    nodes.add(node);
    return node;
  }

  private LinkNode node(int number, int of, InetSocketAddress nodeZero) {
    LinkNode node =
        new LinkNode(new LinkIdentity(VOS, number, of, key), Door.Kind.TCP, LinkNode.at(nodeZero));
    nodes.add(node);
    return node;
  }

  private static InetSocketAddress address(LinkNode node) throws Exception {
    return LinkNode.address(node.listen());
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
}
