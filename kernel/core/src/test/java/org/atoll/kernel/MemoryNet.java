package org.atoll.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Transports between nodes of one JVM: frames are copied bytes, delivered when the test says so.
 */
final class MemoryNet {

  /** How many frames to one node may be on their way. */
  int room = Integer.MAX_VALUE;

  private record Sent(int from, byte[] bytes) {}

  private final End[] ends;

  MemoryNet(int nodes) {
    ends = new End[nodes];
    for (int i = 0; i < nodes; i++) {
      ends[i] = new End(i);
    }
  }

  End end(int node) {
    return ends[node];
  }

  /** Every node learns that the others are up. */
  void connect() {
    for (End end : ends) {
      for (int other = 0; other < ends.length; other++) {
        if (other != end.node) {
          end.receiver().nodeUp(other);
        }
      }
    }
  }

  /** One node's transport. */
  final class End implements Transport {
    private final int node;
    private final Queue<Sent> inbox = new ConcurrentLinkedQueue<>();
    private final Deque<Runnable> unflushed = new ArrayDeque<>();
    private @Nullable Receiver receiver;
    private @Nullable ByteBuffer claimed;
    @Nullable String dropped;

    private End(int node) {
      this.node = node;
    }

    Receiver receiver() {
      Receiver to = receiver;
      if (to == null) {
        throw new IllegalStateException("no receiver");
      }
      return to;
    }

    @Override
    public @Nullable ByteBuffer claim(int to, int bytes) {
      if (bytes > FRAME_BYTES_MAX) {
        throw new IllegalStateException("claim of " + bytes + " bytes");
      }
      if (ends[to].inbox.size() + unflushed.size() >= room) {
        return null;
      }
      claimed = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
      return claimed;
    }

    @Override
    public void commit(int to) {
      ByteBuffer full = claimed;
      if (full == null || full.hasRemaining()) {
        throw new IllegalStateException("a frame that is not full");
      }
      claimed = null;
      byte[] bytes = new byte[full.flip().remaining()];
      full.get(bytes);
      unflushed.add(() -> ends[to].inbox.add(new Sent(node, bytes)));
    }

    @Override
    public void flush() {
      unflushed.forEach(Runnable::run);
      unflushed.clear();
    }

    @Override
    public void drop(int other, String reason) {
      dropped = reason;
    }

    @Override
    public void receiver(Receiver to) {
      receiver = to;
    }

    /** What has arrived is lost: nobody is there. */
    void forget() {
      inbox.clear();
    }

    /** Delivers what has arrived; whether anything had. */
    boolean poll() {
      boolean any = false;
      for (Sent sent = inbox.poll(); sent != null; sent = inbox.poll()) {
        receiver().frame(sent.from, ByteBuffer.wrap(sent.bytes));
        if (room != Integer.MAX_VALUE) {
          ends[sent.from].receiver().writable(node);
        }
        any = true;
      }
      return any;
    }
  }
}
