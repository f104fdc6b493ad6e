package org.atoll.hypercall.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxSharedMemoryTest {

  private static final int BYTES = 8_192;
  private static final int O_READ_WRITE = 2;

  private final Libc libc = new Libc();
  private final LinuxSharedMemory memory = new LinuxSharedMemory(libc);

  @Test
  void whatOneWritesTheOtherSees() throws IOException {
    assertNull(memory.missing());
    int descriptor = memory.create(BYTES);
    try (Arena life = Arena.ofConfined()) {
      ByteBuffer one = memory.map(descriptor, BYTES, life);
      ByteBuffer two = memory.map(descriptor, BYTES, life);
      one.putLong(BYTES - 8, 42);
      assertEquals(42, two.getLong(BYTES - 8));
    }
  }

  @Test
  void memoryOfAnotherSizeIsRefused() throws IOException {
    int descriptor = memory.create(BYTES);
    try (Arena life = Arena.ofConfined()) {
      assertThrows(IOException.class, () -> memory.map(descriptor, 2 * BYTES, life));
      assertThrows(IOException.class, () -> memory.map(descriptor, BYTES / 2, life));
    }
  }

  @Test
  void memoryThatCouldBeCutOffIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, new byte[BYTES]);
    NativeBytes path = NativeBytes.path(file.toString());
    int descriptor = libc.open(path.address(), O_READ_WRITE);
    try (Arena life = Arena.ofConfined()) {
      IOException refused =
          assertThrows(IOException.class, () -> memory.map(descriptor, BYTES, life));
      assertTrue(String.valueOf(refused.getMessage()).contains("not sealed"));
    }
  }

  @Test
  void itsSizeCannotBeChanged() throws IOException {
    Path file = Path.of("/proc/self/fd/" + memory.create(BYTES));
    assertThrows(IOException.class, () -> Files.write(file, new byte[2 * BYTES]));
    assertEquals(BYTES, Files.size(file));
  }
}
