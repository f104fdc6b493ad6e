package org.atoll.boot;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Node 0 as another node tells it what was seen: a line on standard output for each. */
final class NodeZero {

  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out =
      new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES);

  /** Why nothing is told any more: node 0 is gone. Guarded by this. */
  private @Nullable IOException failure;

  /** Tells a line; any thread. */
  synchronized void tell(String line) {
    if (failure == null) {
      try {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException e) {
        failure = e;
      }
    }
  }
}
