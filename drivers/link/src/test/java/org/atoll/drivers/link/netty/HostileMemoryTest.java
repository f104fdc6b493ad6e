package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.Ways;
import org.atoll.drivers.link.shm.RingPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node that has the key and breaks the rules of shared memory: it is given up with one line, and
 * another node does not notice.
 */
@Timeout(120)
class HostileMemoryTest {

  private static final long VOS = 7;
  private static final long SEED = 12;
  private static final int NODES = 3;

  /** Where the maker's ring has the writer's position, and its bytes. */
  private static final int TAIL = 0;

  private static final int BYTES = 4_096;

  /** Where the other ring has the reader's position. */
  private static final int HEAD = RingPair.BYTES / 2 + 128;

  private final List<LinkNode> nodes = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final LinkKey key = LinkKey.create();
  private LinkNode zero;
  private LinkNode good;

  @TempDir Path folder;

  @BeforeEach
  void meet() throws Exception {
    zero = node(0, LinkNode.by(Door.Kind.SHM));
    good = node(2, LinkNode.by(Door.Kind.SHM));
    zero.await("up 2");
    good.await("up 0");
  }

  @AfterEach
  void close() throws Exception {
    over.countDown();
    for (LinkNode node : nodes.reversed()) {
      node.close();
    }
  }

  private LinkNode node(int number, Ways ways) throws Exception {
    LinkNode node =
        new LinkNode(
            new LinkIdentity(VOS, number, NODES, key),
            LinkNode.MACHINE,
            ways,
            number == 0 ? null : zero.listen(),
            List.of());
    nodes.add(node);
    return node;
  }

  private LinkNode hostile(HostileMemory memory) throws Exception {
    LinkNode one = node(1, new Ways(List.of(Door.Kind.SHM), memory));
    zero.await("up 1");
    return one;
  }

  private HostileMemory memory(HostileMemory.Gift gift) throws IOException {
    return new HostileMemory(gift, Files.write(folder.resolve("memory"), new byte[RingPair.BYTES]));
  }

  private void isGivenUp(String reason) throws Exception {
    zero.await("down 1");
    String line = zero.awaitLog();
    assertTrue(line.startsWith(reason), line);
    good.send(0, 1, 4);
    zero.await("received 1");
    assertTrue(zero.log.stream().noneMatch(l -> l.contains("node 2")), zero.log::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "FILE, memory whose size is not sealed",
    "HALF, memory of",
    "EVENTFD, memory whose size is not sealed"
  })
  void whatIsNotSuchMemoryIsNotTaken(HostileMemory.Gift gift, String reason) throws Exception {
    var _ = hostile(memory(gift));
    isGivenUp("it shares no memory: " + reason);
  }

  /**
   * Has it do something with the memory, once both have it, and then nothing until the test is
   * over: else it would put its ring right with the next frame.
   */
  private void harm(Consumer<ByteBuffer> how) throws Exception {
    HostileMemory memory = memory(HostileMemory.Gift.RIGHT);
    LinkNode one = hostile(memory);
    one.send(0, 1, 1_000);
    while (zero.received() == 0) {
      Thread.onSpinWait();
    }
    CountDownLatch done = new CountDownLatch(1);
    Thread.ofVirtual().start(() -> harmAndWait(one, memory, how, done));
    done.await();
    zero.onCpu(any -> true);
  }

  private void harmAndWait(
      LinkNode one, HostileMemory memory, Consumer<ByteBuffer> how, CountDownLatch done) {
    try {
      one.onCpu(any -> {
        how.accept(memory.memory());
        done.countDown();
        return awaitTheEnd();
      });
    } catch (Exception ended) {
      // The test is over before the node answers.
    }
  }

  private boolean awaitTheEnd() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40})
  void aPositionThatCannotBeIsNotBelieved(long position) throws Exception {
    harm(bytes -> bytes.putLong(TAIL, position));
    zero.await("down 1");
    String line = zero.awaitLog();
    assertTrue(line.startsWith("its ring holds "), line);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40})
  void whoDoesNotTakeWhatIsSentIsGivenUp(long position) throws Exception {
    harm(bytes -> bytes.putLong(HEAD, position));
    zero.send(1, 1, 4);
    zero.await("sent 1");
    zero.await("down 1");
    String line = zero.awaitLog();
    assertTrue(line.startsWith("it does not take what is sent"), line);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void noiseInTheRingIsNoFrame(int round) throws Exception {
    Random random = new Random(SEED + round);
    byte[] noise = new byte[100_000];
    random.nextBytes(noise);
    harm(bytes -> {
      long tail = bytes.getLong(TAIL);
      bytes.put(BYTES + (int) tail, noise);
      bytes.putLong(TAIL, tail + noise.length);
    });
    zero.await("down 1");
    String line = zero.awaitLog();
    assertTrue(line.startsWith("it ") || line.startsWith("frame "), line);
  }
}
