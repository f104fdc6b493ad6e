package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.atoll.abi.Limits;
import org.junit.jupiter.api.Test;

final class FairFramesTest {

  private static final int LARGEST = Frame.HEAD_BYTES + Limits.BUFFER_BYTES_MAX;

  private final FairFrames frames = new FairFrames(new WaitingFrames.Spares());

  private void add(int sender, int number, int bytes) {
    frames.claim(sender, bytes).putInt(sender).putInt(number);
    frames.add();
  }

  private int removeOneOf() {
    int sender = frames.first().getInt();
    frames.remove();
    return sender;
  }

  @Test
  void framesOfOneSenderComeOutInOrder() {
    Random random = new Random(1);
    Map<Integer, Integer> added = new HashMap<>();
    Map<Integer, Integer> removed = new HashMap<>();
    long bytes = 0;
    int waiting = 0;
    for (int i = 0; i < 20_000; i++) {
      if (waiting == 0 || waiting < 50 && random.nextBoolean()) {
        int sender = random.nextInt(3 * FairFrames.ROWS);
        int size = 8 + random.nextInt(random.nextBoolean() ? 100 : LARGEST - 7);
        add(sender, added.merge(sender, 1, Integer::sum), size);
        bytes += size;
        waiting++;
      } else {
        ByteBuffer first = frames.first();
        bytes -= first.remaining();
        int number = removed.merge(first.getInt(), 1, Integer::sum);
        assertEquals(number, first.getInt());
        frames.remove();
        waiting--;
      }
      assertEquals(bytes, frames.bytes());
      assertEquals(waiting == 0, frames.isEmpty());
    }
  }

  @Test
  void whoHasLittleToSendWaitsForOneTurnOfEachOther() {
    for (int i = 0; i < 100; i++) {
      add(1, i, LARGEST);
      add(2, i, LARGEST);
    }
    assertEquals(1, removeOneOf());
    add(3, 0, 100);
    assertEquals(2, removeOneOf());
    assertEquals(3, removeOneOf());
    assertEquals(1, removeOneOf());
  }

  @Test
  void sendersOfSmallFramesHaveAsManyBytesAsThoseOfLargeOnes() {
    for (int i = 0; i < 10; i++) {
      add(1, i, FairFrames.TURN_BYTES);
    }
    for (int i = 0; i < 10_000; i++) {
      add(2, i, 100);
    }
    long[] bytes = new long[3];
    while (bytes[1] < 10L * FairFrames.TURN_BYTES) {
      int size = frames.first().remaining();
      bytes[removeOneOf()] += size;
    }
    long least = 9L * FairFrames.TURN_BYTES;
    assertTrue(bytes[2] >= least && bytes[2] <= least + 900, "bytes: " + bytes[2]);
  }

  @Test
  void nothingWaitsAfterAClear() {
    add(1, 0, 100);
    add(2, 0, 100);
    frames.clear();
    assertTrue(frames.isEmpty());
    add(3, 7, 200);
    assertEquals(200, frames.bytes());
    assertEquals(3, removeOneOf());
    assertTrue(frames.isEmpty());
  }
}
