package org.atoll.drivers.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.atoll.drivers.link.session.FrameHead;
import org.atoll.hypercall.Transport;
import org.junit.jupiter.api.Test;

class FrameSplitterTest {

  private final List<String> seen = new ArrayList<>();
  private final FrameSplitter splitter = new FrameSplitter();
  private final FrameSplitter.Sink sink = frame -> seen.add(describe(frame));

  private static String describe(ByteBuffer frame) {
    assertEquals(ByteOrder.LITTLE_ENDIAN, frame.order());
    int head = frame.getInt();
    int number = frame.getInt();
    int received = frame.getInt();
    int bytes = frame.remaining();
    String kind = (head & FrameHead.OWN) != 0 ? "own " : "frame ";
    assertEquals(number + 7, received);
    return kind + bytes + " from " + frame.get() + " to " + frame.get(frame.limit() - 1);
  }

  private static ByteBuffer stream(int... lengths) {
    ByteBuffer stream = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    byte mark = 1;
    for (int header : lengths) {
      stream.putInt(header);
      stream.putInt(mark).putInt(mark + 7);
      int bytes = header & ~FrameHead.OWN;
      for (int i = 0; i < bytes; i++) {
        stream.put(mark);
      }
      mark++;
    }
    return stream.flip();
  }

  private static final int OWN = FrameHead.OWN;
  private static final int MOST = Transport.FRAME_BYTES_MAX;

  @Test
  void framesAreCutHoweverTheyArrive() throws LinkBrokenException {
    List<String> expected =
        List.of(
            "frame 5 from 1 to 1",
            "own 1 from 2 to 2",
            "frame " + MOST + " from 3 to 3",
            "frame 1 from 4 to 4",
            "frame 9000 from 5 to 5");
    for (int piece : new int[] {1, 3, 7, 4_096, 70_000, 1 << 20}) {
      seen.clear();
      ByteBuffer stream = stream(5, 1 | OWN, MOST, 1, 9_000);
      byte[] all = new byte[stream.remaining()];
      stream.get(all);
      for (int at = 0; at < all.length; at += piece) {
        splitter.take(ByteBuffer.wrap(all, at, Math.min(piece, all.length - at)), sink);
      }
      assertEquals(expected, seen, "pieces of " + piece);
      assertFalse(splitter.midway());
    }
  }

  @Test
  void aTruncatedFrameIsNotShown() throws LinkBrokenException {
    ByteBuffer stream = stream(100);
    splitter.take(stream.limit(stream.limit() - 1), sink);
    assertEquals(List.of(), seen);
    assertTrue(splitter.midway());
  }

  @Test
  void aLengthThatNoFrameHasEndsTheStream() {
    for (int header :
        new int[] {
          0,
          MOST + 1,
          Integer.MAX_VALUE,
          OWN,
          OWN | FrameHead.OWN_BYTES_MAX + 1,
          -1,
          FrameHead.LOOSE | 5
        }) {
      ByteBuffer stream = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(header);
      assertThrows(LinkBrokenException.class, () -> new FrameSplitter().take(stream.flip(), sink));
    }
    assertEquals(List.of(), seen);
  }
}
