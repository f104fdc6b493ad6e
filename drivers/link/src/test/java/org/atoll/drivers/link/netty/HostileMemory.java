package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.atoll.hypercall.SharedMemory;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxSharedMemory;
import org.jspecify.annotations.Nullable;

/** What a node that breaks the rules hands over as shared memory; what it sees itself is whole. */
final class HostileMemory implements SharedMemory {

  /** What it hands over. */
  enum Gift {
    /** A file, whose size anybody may change. */
    FILE,
    /** Half of the memory. */
    HALF,
    /** No memory at all. */
    EVENTFD,
    /** What is expected. */
    RIGHT
  }

  private final SharedMemory right = new LinuxSharedMemory(new Libc());
  private final Gift gift;
  private final Path file;
  private int made = -1;
  private @Nullable ByteBuffer memory;

  HostileMemory(Gift gift, Path file) {
    this.gift = gift;
    this.file = file;
  }

  @Override
  public @Nullable String missing() {
    return null;
  }

  @Override
  public int create(int bytes) throws IOException {
    made =
        switch (gift) {
          case FILE -> FileDescriptor.from(file.toFile()).intValue();
          case HALF -> right.create(bytes / 2);
          case EVENTFD -> Native.newEventFd().intValue();
          case RIGHT -> right.create(bytes);
        };
    return made;
  }

  @Override
  public ByteBuffer map(int descriptor, int bytes, Arena life) throws IOException {
    if (descriptor != made) {
      return right.map(descriptor, bytes, life);
    }
    ByteBuffer seen =
        gift == Gift.RIGHT
            ? right.map(descriptor, bytes, life)
            : ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    made = -1;
    memory = seen;
    return seen;
  }

  /** What it sees of the memory that it has made; on its CPU alone. */
  ByteBuffer memory() {
    ByteBuffer seen = memory;
    assertNotNull(seen);
    return seen;
  }
}
