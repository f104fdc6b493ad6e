package org.atoll.boot;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.atoll.posix.Sight;
import org.atoll.posix.Watcher;
import org.jspecify.annotations.Nullable;

/** Another node's observer of system calls: tells node 0, a line on standard output for each. */
public final class PipedWatch implements Observer {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Set<String> calls;
  private final int stringBytes;
  private final OutputStream out;

  /** Why nothing is told any more: node 0 is gone. Guarded by this. */
  private @Nullable IOException failure;

  /** Tells of these system calls. */
  public PipedWatch(Set<String> calls, int stringBytes) {
    this.calls = calls;
    this.stringBytes = stringBytes;
    this.out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES);
  }

  @Override
  public Watcher watcher() {
    return new CallWatcher(calls, stringBytes, this::tell);
  }

  private synchronized void tell(Sight sight) {
    if (failure == null) {
      try {
        out.write((sight.encode() + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException e) {
        failure = e;
      }
    }
  }
}
