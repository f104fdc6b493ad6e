package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

/** Two nodes whose connection is cut: nothing is lost and nothing comes twice. */
@Timeout(120)
class CutLinkTest {

  private static final long VOS = 7;

  private final LinkKey key;
  private LinkNode zero;
  private LinkNode one;
  private CuttingProxy proxy;

  CutLinkTest(@TempDir Path folder) throws IOException {
    key = LinkKey.create(folder.resolve("key"));
  }

  @BeforeEach
  void connect() throws Exception {
    zero = new LinkNode(new LinkIdentity(VOS, 0, 2, key), Door.Kind.TCP, null);
    proxy = new CuttingProxy(LinkNode.address(zero.listen()));
    Doors door = LinkNode.at(proxy.address());
    one = new LinkNode(new LinkIdentity(VOS, 1, 2, key), Door.Kind.TCP, door);
    zero.await("up 1");
    one.await("up 0");
  }

  @AfterEach
  void close() throws Exception {
    one.close();
    zero.close();
    proxy.close();
  }

  private void bothWays(int frames, int bytes) throws Exception {
    zero.send(1, frames, bytes);
    one.send(0, frames, bytes);
    for (LinkNode node : List.of(zero, one)) {
      List<String> both = new ArrayList<>();
      both.add(node.next());
      both.add(node.next());
      both.sort(null);
      assertEquals(List.of("received " + frames, "sent " + frames), both, node.log::toString);
    }
  }

  @Test
  void framesThatGoBothWaysSurviveManyCuts() throws Exception {
    proxy.cutEvery(777_777);
    bothWays(100_000, 100);
    assertTrue(proxy.cuts() > 10, proxy.cuts() + " cuts");
  }

  @Test
  void largeFramesSurviveCutsWithinThem() throws Exception {
    proxy.cutEvery(10_000_001);
    bothWays(100_000, 3_000);
    assertTrue(proxy.cuts() > 10, proxy.cuts() + " cuts");
  }

  @Test
  void whatIsSentDuringACutArrivesAfterIt() throws Exception {
    proxy.shut();
    zero.send(1, 1, 4);
    zero.await("sent 1");
    one.send(0, 1, 4);
    one.await("sent 1");
    proxy.open();
    zero.await("received 1");
    one.await("received 1");
  }

  @Test
  void aSenderIsStoppedDuringACutAndGoesOnAfterIt() throws Exception {
    proxy.shut();
    zero.send(1, 100_000, 1_000);
    while (zero.refusals() == 0) {
      Thread.onSpinWait();
    }
    assertNull(zero.events.peek());
    proxy.open();
    one.await("received 100000");
    zero.await("sent 100000");
  }

  @Test
  void aCutThatLastsTooLongIsTheDeathOfBoth() throws Exception {
    proxy.shut();
    zero.await("down 1");
    one.await("down 0");
    assertEquals("the connection ended and did not come back", one.awaitLog());
    proxy.open();
    assertTrue(zero.awaitLog().contains("the connection ended"));
  }

  @Test
  void aNodeWhoseProcessIsGoneIsNotWaitedFor() throws Exception {
    proxy.shut();
    zero.onCpu(link -> {
      link.missing(1, "it was connected");
      return true;
    });
    zero.await("down 1");
    assertEquals("the connection ended", zero.awaitLog());
    proxy.open();
    one.await("down 0");
  }
}
