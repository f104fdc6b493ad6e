package org.atoll.kernel;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The frames that other CPUs leave for CPU 0, which has the transport, in the order in which they
 * were left.
 *
 * <p>Owner: any thread leaves; CPU 0 takes, and looks once more when it has said that it sleeps
 * ({@link IdleCpus}).
 */
final class LeftFrames {

  /** A frame, and the node that it is for. */
  record Left(int node, ByteBuffer frame) {}

  private final Queue<Left> row = new ConcurrentLinkedQueue<>();
  private final Runnable wakeOwner;

  /** None yet; the owner is woken for each. */
  LeftFrames(Runnable wakeOwner) {
    this.wakeOwner = wakeOwner;
  }

  /** Leaves a frame. */
  void leave(int node, ByteBuffer frame) {
    row.add(new Left(node, frame));
    wakeOwner.run();
  }

  /** Whether one is there. */
  boolean any() {
    return !row.isEmpty();
  }

  /** Takes the oldest; null when there is none. */
  @Nullable Left poll() {
    return row.poll();
  }
}
