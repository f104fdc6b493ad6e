package org.atoll.drivers.link.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.session.FrameHead;
import org.atoll.hypercall.Transport;
import org.junit.jupiter.api.Test;

class PackerTest {

  /** The long form: {@code -Datoll.frames=1000000}. */
  private static final int ROUNDS = Integer.getInteger("atoll.frames", 10_000);

  private final Packer packer = new Packer();
  private final List<ByteBuffer> shown = new ArrayList<>();
  private final Unpacker unpacker = new Unpacker(frame -> shown.add(copy(frame)));
  private final Random random = new Random(1);

  private static ByteBuffer copy(ByteBuffer frame) {
    ByteBuffer copy = room(frame.remaining());
    return copy.put(frame).flip();
  }

  private static ByteBuffer room(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer frames(int... sizes) {
    ByteBuffer frames = room(IntStream.of(sizes).map(size -> FrameHead.BYTES + size).sum());
    for (int size : sizes) {
      frames.putInt(size).putInt(7).putInt(9);
      for (int i = 0; i < size; i++) {
        frames.put((byte) (i % 11));
      }
    }
    return frames.flip();
  }

  private ByteBuffer noise(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return room(FrameHead.BYTES + size).putInt(size).putLong(0).put(bytes).flip();
  }

  private ByteBuffer packed(ByteBuffer frames) {
    ByteBuffer packed = room(frames.remaining());
    assertTrue(packer.pack(frames, packed));
    return packed.flip();
  }

  @Test
  void whatIsPackedIsUnpackedToTheSameFrames() throws LinkBrokenException {
    ByteBuffer frames = frames(1_000, 4, 50_000);
    ByteBuffer packed = packed(frames.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    assertTrue(packed.remaining() < frames.remaining() / 10);
    assertEquals(packed.remaining() - FrameHead.BYTES, FrameHead.bytesBehind(packed.getInt(0)));
    unpacker.frame(packed);
    ByteBuffer all = room(1 << 20);
    shown.forEach(all::put);
    assertEquals(3, shown.size());
    assertEquals(frames, all.flip());
  }

  @Test
  void aLargerPieceMayFollowASmallerOne() throws LinkBrokenException {
    unpacker.frame(packed(frames(300)));
    unpacker.frame(packed(frames(60_000)));
    assertEquals(2, shown.size());
  }

  @Test
  void theLargestFrameCanBePacked() throws LinkBrokenException {
    unpacker.frame(packed(frames(Transport.FRAME_BYTES_MAX)));
    assertEquals(1, shown.size());
  }

  @Test
  void whatIsNotPackedPasses() throws LinkBrokenException {
    ByteBuffer frame = frames(30);
    unpacker.frame(frame.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    assertEquals(List.of(frame), shown);
  }

  @Test
  void fewBytesAreNotWorthIt() {
    assertFalse(packer.pack(frames(100), room(200)));
  }

  @Test
  void whatDoesNotGetSmallerIsTriedEverMoreSeldomAndTextIsNoticedAgain() {
    int attempts = 0;
    for (int mebibytes = 0; mebibytes < 32; mebibytes++) {
      for (int i = 0; i < 16; i++) {
        assertFalse(packer.pack(noise(65_536 - FrameHead.BYTES), room(65_536)));
      }
    }
    ByteBuffer text = frames(65_000);
    while (!packer.pack(text.duplicate().order(ByteOrder.LITTLE_ENDIAN), room(66_000))) {
      attempts++;
    }
    assertTrue(attempts > 0 && attempts <= 64, attempts + " passed");
    packed(text);
  }

  private void assertBroken(String reason, ByteBuffer frame) {
    LinkBrokenException broken =
        assertThrows(LinkBrokenException.class, () -> unpacker.frame(frame));
    assertEquals(reason, broken.getMessage());
  }

  @Test
  void liesAreNamed() {
    ByteBuffer large = packed(frames(1_000));
    large.putInt(4, 1 << 30);
    assertBroken("it packed 1073741824 bytes, at most 131340", large);
    ByteBuffer more = packed(frames(1_000));
    more.putInt(4, 1_013);
    assertBroken("it packed 1012 bytes and said 1013", more);
    ByteBuffer fewer = packed(frames(1_000));
    fewer.putInt(4, 1_011);
    assertBroken("it sent a packed frame that cannot be unpacked", fewer);
    ByteBuffer part = frames(1_000).limit(1_011).slice().order(ByteOrder.LITTLE_ENDIAN);
    assertBroken("it packed what is no whole frame", packed(part));
    ByteBuffer nested = frames(1_000);
    nested.putInt(0, 1_000 | FrameHead.OWN | FrameHead.LOOSE | FrameHead.PACKED);
    assertBroken("it packed what is no whole frame", packed(nested));
  }

  @Test
  void noiseInAPackedFrameIsRefusedOrShowsWholeFrames() {
    for (int round = 0; round < ROUNDS; round++) {
      ByteBuffer packed = packed(frames(300, 200));
      for (int i = 0; i < 3; i++) {
        packed.put(
            FrameHead.BYTES + random.nextInt(packed.remaining() - FrameHead.BYTES),
            (byte) random.nextInt());
      }
      shown.clear();
      try {
        unpacker.frame(packed);
        assertEquals(524, shown.stream().mapToInt(ByteBuffer::remaining).sum());
      } catch (LinkBrokenException broken) {
        assertTrue(shown.stream().mapToInt(ByteBuffer::remaining).sum() < 524);
      }
    }
  }
}
