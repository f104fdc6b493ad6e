package org.atoll.drivers.link.shm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Rings in one file, which is mapped twice: as two processes have it, the writing ends see it at
 * other addresses than the reading ends. A ring is used again after all the others were.
 */
final class SharedRings {

  /** A ring's two ends. */
  record Ring(RingWriter writer, RingReader reader) {}

  /** More than there are states at once. */
  private static final int COUNT = 1 << 15;

  /** A ring's head and its first bytes; no test puts more. */
  private static final int STRIDE = RingLayout.BYTES_AT + 64;

  private static final AtomicInteger USED = new AtomicInteger();
  private static final ByteBuffer[] VIEWS = map();

  private SharedRings() {}

  private static ByteBuffer[] map() {
    try {
      Path file = Files.createTempFile(Path.of("/dev/shm"), "atoll-rings", "");
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        return new ByteBuffer[] {map(channel), map(channel)};
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer map(FileChannel channel) throws IOException {
    return channel
        .map(FileChannel.MapMode.READ_WRITE, 0, (long) COUNT * STRIDE)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An empty ring whose reader is awake. */
  static Ring next() {
    int at = (USED.getAndIncrement() & COUNT - 1) * STRIDE;
    VIEWS[0].putLong(at + RingLayout.TAIL, 0);
    VIEWS[0].putLong(at + RingLayout.HEAD, 0);
    VIEWS[0].putInt(at + RingLayout.ASLEEP, 0);
    VIEWS[0].putShort(at + RingLayout.BYTES_AT, (short) 0);
    return new Ring(new RingWriter(VIEWS[0], at), new RingReader(VIEWS[1], at));
  }
}
