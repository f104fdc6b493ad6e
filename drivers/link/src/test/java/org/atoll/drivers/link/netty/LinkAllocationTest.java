package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.Ways;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(
    value = Door.Kind.class,
    names = {"SHM", "UNIX", "TCP"})
@Timeout(60)
class LinkAllocationTest {

  private static final int ROUND_TRIPS = 20_000;
  private static final int LARGE_FRAMES = 5_000;
  private static final int SMALL = 100;
  private static final int LARGE = 60_000;

  /** When the compiler is ready is the machine's affair. */
  private static final int WARM_UPS_MAX = 20;

  private final NettyLink zero;
  private final NettyLink one;
  private int nodesUp;
  private int received;

  LinkAllocationTest(Door.Kind way, @TempDir Path folder) throws IOException {
    LinkKey key = LinkKey.create(folder.resolve("key"));
    Ways ways = LinkNode.by(way);
    zero = link(new LinkIdentity(1, 0, 2, key), ways, null);
    zero.receiver(new Counter());
    one = link(new LinkIdentity(1, 1, 2, key), ways, zero.listen());
    one.receiver(new Counter());
  }

  private static NettyLink link(LinkIdentity identity, Ways ways, @Nullable Doors zero) {
    return new NettyLink(
        LinkNode.loop(), identity, LinkNode.MACHINE, ways, zero, System.err::println);
  }

  @Test
  void aRoundTripAllocatesNothing() {
    allocatesNothing(
        ROUND_TRIPS,
        () -> {
          pass(zero, 1, one, SMALL);
          pass(one, 0, zero, SMALL);
        });
  }

  /** Of these each fifth or so is acknowledged by a sign. */
  @Test
  void largeFramesThatNobodyAnswersAllocateNothing() {
    allocatesNothing(LARGE_FRAMES, () -> pass(zero, 1, one, LARGE));
  }

  private void allocatesNothing(int count, Runnable step) {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    NettyLink.own(() -> {
      while (nodesUp < 2) {
        zero.poll();
        one.poll();
      }
      long least = Long.MAX_VALUE;
      for (int warm = 0; warm < WARM_UPS_MAX && least >= count; warm++) {
        repeat(2 * count, step);
        long before = memory.getCurrentThreadAllocatedBytes();
        repeat(count, step);
        least = Math.min(least, memory.getCurrentThreadAllocatedBytes() - before);
      }
      assertEquals(0, least / count, "bytes allocated each time");
      one.close();
      zero.close();
    });
  }

  private static void repeat(int count, Runnable step) {
    for (int i = 0; i < count; i++) {
      step.run();
    }
  }

  private void pass(NettyLink from, int to, NettyLink receiver, int bytes) {
    ByteBuffer frame = from.claim(to, bytes);
    while (frame == null) {
      from.poll();
      frame = from.claim(to, bytes);
    }
    frame.putLong(received);
    from.commit(to);
    from.flush();
    int expected = received + 1;
    while (received < expected) {
      from.poll();
      receiver.poll();
    }
  }

  /** Counts the frames. */
  private final class Counter implements Transport.Receiver {

    @Override
    public void frame(int node, ByteBuffer frame) {
      received++;
    }

    @Override
    public void nodeUp(int node) {
      nodesUp++;
    }

    @Override
    public void nodeDown(int node, String reason) {
      nodesUp--;
    }

    @Override
    public void writable(int node) {
      // One frame is under way at a time.
    }
  }
}
