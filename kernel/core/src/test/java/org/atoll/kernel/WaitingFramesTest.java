package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.atoll.abi.Limits;
import org.junit.jupiter.api.Test;

final class WaitingFramesTest {

  private static final int LARGEST = Frame.HEAD_BYTES + Limits.BUFFER_BYTES_MAX;

  private final WaitingFrames.Spares spares = new WaitingFrames.Spares();
  private final WaitingFrames row = new WaitingFrames(spares);

  private void add(WaitingFrames to, int bytes, int number) {
    to.claim(bytes).putInt(number);
    to.add();
  }

  private void removeOldest(int bytes, int number) {
    assertEquals(bytes, row.oldest().remaining());
    assertEquals(number, row.oldest().getInt());
    row.remove();
  }

  @Test
  void framesOfAllSizesComeOutInOrder() {
    Random random = new Random(1);
    Queue<Integer> sizes = new ArrayDeque<>();
    int added = 0;
    int removed = 0;
    long bytes = 0;
    for (int i = 0; i < 20_000; i++) {
      if (sizes.isEmpty() || sizes.size() < 50 && random.nextBoolean()) {
        int size = 4 + random.nextInt(random.nextBoolean() ? 100 : LARGEST - 3);
        add(row, size, added++);
        sizes.add(size);
        bytes += size;
      } else {
        int size = sizes.remove();
        removeOldest(size, removed++);
        bytes -= size;
      }
      assertEquals(bytes, row.bytes());
      assertEquals(sizes.isEmpty(), row.isEmpty());
    }
  }

  @Test
  void aClaimThatIsNotAddedIsVoid() {
    row.claim(LARGEST).putInt(7);
    assertTrue(row.isEmpty());
    add(row, 8, 1);
    row.claim(LARGEST).putInt(7);
    row.claim(LARGEST).putInt(7);
    add(row, 12, 2);
    removeOldest(8, 1);
    removeOldest(12, 2);
    assertTrue(row.isEmpty());
  }

  @Test
  void aBlockIsUsedAgainByWhoeverNeedsOne() {
    byte[] block = row.claim(4).array();
    add(row, 4, 1);
    row.remove();
    WaitingFrames other = new WaitingFrames(spares);
    assertSame(block, other.claim(4).array());
    add(other, 4, 1);
    other.clear();
    assertTrue(other.isEmpty());
    assertSame(block, row.claim(4).array());
  }
}
