package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that take each other for nodes of two machines, and so speak TLS. */
@Timeout(120)
class TlsLinkTest {

  private static final long VOS = 7;
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final LinkKey key;
  private final List<LinkNode> nodes = new ArrayList<>();
  private LinkNode zero;

  TlsLinkTest(@TempDir Path folder) throws IOException {
    key = LinkKey.create(folder.resolve("key"));
  }

  @BeforeEach
  void open() {
    zero =
        new LinkNode(
            new LinkIdentity(VOS, 0, 2, key),
            "first",
            LinkNode.by(Door.Kind.TCP),
            null,
            List.of(ANY_PORT));
    nodes.add(zero);
  }

  @AfterEach
  void close() throws Exception {
    for (LinkNode node : nodes.reversed()) {
      node.close();
    }
  }

  /** Where node 0 is reached from another machine. */
  private InetSocketAddress door() throws Exception {
    List<Door> doors = LinkNode.by(Door.Kind.TCP).choose(zero.listen(), "second");
    assertEquals(1, doors.size());
    return (InetSocketAddress) doors.getFirst().address();
  }

  private LinkNode one(InetSocketAddress through, LinkKey with) {
    Doors doors = new Doors("first", List.of(new Door(Door.Kind.TLS, through)));
    LinkNode one =
        new LinkNode(
            new LinkIdentity(VOS, 1, 2, with),
            "second",
            LinkNode.by(Door.Kind.TCP),
            doors,
            List.of());
    nodes.add(one);
    return one;
  }

  private LinkNode meet(InetSocketAddress through) throws Exception {
    LinkNode one = one(through, key);
    zero.await("up 1");
    one.await("up 0");
    return one;
  }

  private void bothWays(LinkNode one, int frames, int bytes) throws Exception {
    zero.send(1, frames, bytes);
    one.send(0, frames, bytes);
    for (LinkNode node : List.of(zero, one)) {
      List<String> both = new ArrayList<>(List.of(node.next(), node.next()));
      both.sort(null);
      assertEquals(List.of("received " + frames, "sent " + frames), both, node.log::toString);
    }
  }

  @Test
  void framesArriveInOrderBothWays() throws Exception {
    bothWays(meet(door()), 100_000, 100);
  }

  @Test
  void largeFramesArriveInOrderBothWays() throws Exception {
    bothWays(meet(door()), 100_000, 3_000);
  }

  @Test
  void framesSurviveManyCuts() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(door())) {
      LinkNode one = meet(proxy.address());
      proxy.cutEvery(777_777);
      bothWays(one, 100_000, 100);
      assertTrue(proxy.cuts() > 10, proxy.cuts() + " cuts");
    }
  }

  @Test
  void whatIsSentDuringACutArrivesAfterIt() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(door())) {
      LinkNode one = meet(proxy.address());
      proxy.shut();
      one.send(0, 1, 4);
      one.await("sent 1");
      proxy.open();
      zero.await("received 1");
    }
  }

  @Test
  void aNodeThatEndsSaysFarewell() throws Exception {
    LinkNode one = meet(door());
    nodes.remove(one);
    one.close();
    zero.await("down 1");
    assertEquals("the connection ended", zero.awaitLog());
  }

  @Test
  void whoeverStandsBetweenTheNodesIsFoundOut() throws Exception {
    try (InTheMiddle proxy = new InTheMiddle(door())) {
      LinkNode one = one(proxy.address(), key);
      assertTrue(zero.awaitLog().endsWith("it does not know the key"));
      one.await("down 0");
    }
  }

  @Test
  void aNodeWithAnotherKeyIsRefused() throws Exception {
    LinkNode one = one(door(), LinkKey.create());
    assertTrue(zero.awaitLog().endsWith("it does not know the key"));
    one.await("down 0");
  }

  @Test
  void aStrangerWhoSpeaksNoTlsIsClosedAndNothingElseChanges() throws Exception {
    InetSocketAddress door = door();
    LinkNode one = meet(door);
    try (Socket stranger = new Socket(door.getAddress(), door.getPort())) {
      stranger.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      InputStream answer = stranger.getInputStream();
      var _ = answer.readAllBytes();
    }
    assertTrue(zero.awaitLog().endsWith("it does not speak TLS 1.3"));
    one.send(0, 1, 4);
    one.await("sent 1");
    zero.await("received 1");
  }

  @Test
  void anEncryptedDoorIsNoneForItsOwnMachine() throws Exception {
    List<Door> chosen = LinkNode.by(Door.Kind.TCP).choose(zero.listen(), "first");
    assertEquals(List.of(Door.Kind.TCP), chosen.stream().map(Door::kind).toList());
  }
}
