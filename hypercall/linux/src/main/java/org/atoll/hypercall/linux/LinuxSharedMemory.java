package org.atoll.hypercall.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.atoll.abi.Errno;
import org.atoll.hypercall.SharedMemory;
import org.jspecify.annotations.Nullable;

/**
 * Shared memory by memfd_create(2): a file without a name, whose size is sealed. Who gets a
 * descriptor looks at the seals before it maps, because memory that is cut off raises SIGBUS.
 */
public final class LinuxSharedMemory implements SharedMemory {

  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int F_ADD_SEALS = 1033;
  private static final int F_GET_SEALS = 1034;

  /** F_SEAL_SEAL, F_SEAL_SHRINK and F_SEAL_GROW. */
  private static final int SEALS = 1 | 2 | 4;

  private static final int TRIAL_BYTES = 4_096;

  private final Libc libc;
  private final long memfdCreate;
  private final long ftruncate;
  private final long fcntl;
  private final long close;
  private final NativeBytes name = NativeBytes.path("atoll-link");

  /** By the host's C library. */
  public LinuxSharedMemory(Libc libc) {
    this.libc = libc;
    memfdCreate = libc.symbol("memfd_create");
    ftruncate = libc.symbol("ftruncate");
    fcntl = libc.symbol("fcntl");
    close = libc.symbol("close");
  }

  @Override
  public @Nullable String missing() {
    try {
      close(create(TRIAL_BYTES));
      return null;
    } catch (IOException refused) {
      return refused.getMessage();
    }
  }

  @Override
  public int create(int bytes) throws IOException {
    int descriptor =
        check(
            "memfd_create",
            libc.call(memfdCreate, name.address(), MFD_CLOEXEC | MFD_ALLOW_SEALING, 0));
    try {
      check("ftruncate", libc.call(ftruncate, descriptor, bytes, 0));
      check("F_ADD_SEALS", libc.call(fcntl, descriptor, F_ADD_SEALS, SEALS));
      return descriptor;
    } catch (IOException refused) {
      close(descriptor);
      throw refused;
    }
  }

  @Override
  public ByteBuffer map(int descriptor, int bytes, Arena life) throws IOException {
    int seals = libc.call(fcntl, descriptor, F_GET_SEALS, 0);
    if (seals < 0 || (seals & SEALS) != SEALS) {
      throw new IOException("memory whose size is not sealed");
    }
    Path file = Path.of("/proc/self/fd/" + descriptor);
    try (FileChannel memory =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (memory.size() != bytes) {
        throw new IOException("memory of " + memory.size() + " bytes in place of " + bytes);
      }
      return memory
          .map(MapMode.READ_WRITE, 0, bytes, life)
          .asByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private void close(int descriptor) {
    var _ = libc.call(close, descriptor, 0, 0);
  }

  private static int check(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(call + ": " + Errno.text(-result));
    }
    return result;
  }
}
