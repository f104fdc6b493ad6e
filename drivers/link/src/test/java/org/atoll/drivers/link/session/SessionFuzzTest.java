package org.atoll.drivers.link.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.atoll.drivers.link.FrameSplitter;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.hypercall.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A peer that was let in and sends frames that lie: {@code -Datoll.frames=1000000} tries so many.
 */
class SessionFuzzTest {

  private static final int FRAMES = Integer.getInteger("atoll.frames", 10_000);
  private static final int BYTES_MAX = 200;

  /** Counts what comes through; what it is shown is within bounds. */
  private static final class Counter implements Session.Sink {
    private int frames;

    @Override
    public void frame(ByteBuffer frame) {
      frames++;
      assertTrue(frame.remaining() <= Transport.FRAME_BYTES_MAX && frame.hasRemaining());
    }

    @Override
    public void own(ByteBuffer frame) {
      frames++;
      assertTrue(frame.remaining() <= FrameHead.OWN_BYTES_MAX && frame.hasRemaining());
    }
  }

  /** A frame that could be next, of which some words or bits are wrong. */
  private static byte[] lie(Random random, int number) {
    int bytes = 1 + random.nextInt(random.nextInt(10) == 0 ? BYTES_MAX : 16);
    int flags = random.nextInt(3) == 0 ? random.nextInt(4) << 30 : 0;
    ByteBuffer frame = ByteBuffer.allocate(FrameHead.BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(bytes | flags).putInt(number).putInt(0);
    while (frame.hasRemaining()) {
      frame.put((byte) random.nextInt(random.nextBoolean() ? 3 : 256));
    }
    if (random.nextInt(4) == 0) {
      int bit = random.nextInt(8 * frame.capacity());
      frame.put(bit / 8, (byte) (frame.get(bit / 8) ^ 1 << bit % 8));
    }
    if (random.nextInt(50) == 0) {
      frame.putInt(4 * random.nextInt(3), random.nextInt());
    }
    return frame.array();
  }

  @ParameterizedTest
  @EnumSource(Carriage.class)
  void whateverAPeerSendsIsTakenOrEndsItsSession(Carriage carriage) {
    Random random = new Random(3);
    int broken = 0;
    int taken = 0;
    Session session = new Session(carriage, ByteBuffer::allocate, () -> 0);
    Counter counter = new Counter();
    for (int i = 0; i < FRAMES; i++) {
      byte[] lie = lie(random, session.received());
      try {
        ByteBuffer frame = ByteBuffer.wrap(lie).order(ByteOrder.LITTLE_ENDIAN);
        if (FrameHead.bytesBehind(frame.getInt(0)) != lie.length - FrameHead.BYTES) {
          throw new LinkBrokenException("cut off");
        }
        session.take(frame, counter);
      } catch (LinkBrokenException lied) {
        broken++;
        taken += counter.frames;
        assertTrue(session.received() >= counter.frames);
        session = new Session(carriage, ByteBuffer::allocate, () -> 0);
        counter = new Counter();
      }
    }
    assertTrue(broken > FRAMES / 20, broken + " lies were found out");
    assertTrue(taken > FRAMES / 20, taken + " frames were taken");
  }

  @Test
  void aStreamOfLiesInPiecesIsTakenOrEnds() {
    Random random = new Random(4);
    int broken = 0;
    FrameSplitter splitter = new FrameSplitter();
    Session session = new Session(Carriage.STREAM, ByteBuffer::allocate, () -> 0);
    Counter counter = new Counter();
    for (int i = 0; i < FRAMES; i++) {
      byte[] lie = lie(random, session.received());
      int piece = random.nextInt(lie.length);
      Session to = session;
      Counter sink = counter;
      try {
        splitter.take(ByteBuffer.wrap(lie, 0, piece), frame -> to.take(frame, sink));
        splitter.take(
            ByteBuffer.wrap(lie, piece, lie.length - piece), frame -> to.take(frame, sink));
      } catch (LinkBrokenException lied) {
        broken++;
        splitter = new FrameSplitter();
        session = new Session(Carriage.STREAM, ByteBuffer::allocate, () -> 0);
        counter = new Counter();
      }
    }
    assertTrue(broken > FRAMES / 200, broken + " lies were found out");
  }
}
