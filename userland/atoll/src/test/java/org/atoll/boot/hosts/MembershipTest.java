package org.atoll.boot.hosts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipTest {

  private static final long SEED = 3;
  private static final Watching WATCHING =
      new Watching(List.of("--watch-calls", "openat,read", "--hypercalls"));

  private static Membership of(int node, int nodes, long memoryBytes) {
    InetSocketAddress zero = new InetSocketAddress(InetAddress.ofLiteral("10.1.2.3"), 4711);
    Doors doors = new Doors("machine", List.of(new Door(Door.Kind.TLS, zero)));
    return new Membership(node, nodes, 7, LinkKey.create(), doors, memoryBytes, false, WATCHING);
  }

  @Test
  void itIsReadAsItWasWritten() throws IOException {
    byte[] written = of(2, 3, 64L << 20).encoded();
    assertArrayEquals(written, Membership.of(written).encoded());
  }

  @Test
  void whatCannotBeIsRefused() {
    List<Membership> impossible =
        List.of(
            of(0, 2, 64L << 20),
            of(2, 2, 64L << 20),
            of(1, 65, 64L << 20),
            of(1, 2, 1),
            of(1, 2, -1));
    for (Membership each : impossible) {
      assertThrows(IOException.class, () -> Membership.of(each.encoded()), each::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--trace-file /tmp/x",
        "--server --trace-file=/tmp/x",
        "--server @/tmp/options",
        "--server",
        "member",
        "--capture=x"
      })
  void whatWouldNameSomethingOfTheMachineIsRefused(String options) throws IOException {
    byte[] encoded =
        of(1, 2, 64L << 20).watching(new Watching(List.of(options.split(" ")))).encoded();
    assertThrows(IOException.class, () -> Membership.of(encoded));
  }

  @Test
  void partsAndMoreThanTheWholeAreRefused() throws IOException {
    byte[] written = of(1, 2, 64L << 20).encoded();
    for (int bytes = 0; bytes < written.length; bytes++) {
      byte[] part = Arrays.copyOf(written, bytes);
      assertThrows(IOException.class, () -> Membership.of(part));
    }
    assertThrows(
        IOException.class, () -> Membership.of(Arrays.copyOf(written, written.length + 1)));
  }

  @Test
  void noiseIsReadOrRefusedAndNothingElse() throws IOException {
    Random random = new Random(SEED);
    byte[] written = of(1, 2, 64L << 20).encoded();
    for (int i = 0; i < 10_000; i++) {
      byte[] noise = written.clone();
      for (int bits = random.nextInt(8); bits >= 0; bits--) {
        noise[random.nextInt(noise.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        Membership.of(noise);
      } catch (IOException refused) {
        // As it should be.
      } catch (RuntimeException wrong) {
        fail("seed " + SEED + ", attempt " + i, wrong);
      }
    }
  }
}
