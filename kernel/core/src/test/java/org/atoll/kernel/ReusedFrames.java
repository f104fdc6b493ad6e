package org.atoll.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/** Transports between two nodes of one thread that allocate nothing once they are made. */
final class ReusedFrames {

  private static final int ROOM_BYTES = 1 << 20;

  private final End[] ends = {new End(0), new End(1)};

  End end(int node) {
    return ends[node];
  }

  /** Both nodes learn that the other is up. */
  void connect() {
    ends[0].receiver().nodeUp(1);
    ends[1].receiver().nodeUp(0);
  }

  /** One node's transport; what was sent to it lies here, each frame behind its length. */
  final class End implements Transport {
    private final int node;
    private final ByteBuffer filled =
        ByteBuffer.allocateDirect(ROOM_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer shown = filled.duplicate();
    private int end;
    private @Nullable Receiver receiver;

    private End(int node) {
      this.node = node;
    }

    private Receiver receiver() {
      Receiver to = receiver;
      if (to == null) {
        throw new IllegalStateException("no receiver");
      }
      return to;
    }

    @Override
    public ByteBuffer claim(int to, int bytes) {
      End other = ends[to];
      int start = other.end + Integer.BYTES;
      other.filled.putInt(other.end, bytes);
      return other.filled.limit(start + bytes).position(start);
    }

    @Override
    public void commit(int to) {
      ends[to].end = ends[to].filled.limit();
      ends[to].filled.limit(ROOM_BYTES);
    }

    @Override
    public void flush() {
      // What is committed is there already.
    }

    @Override
    public void drop(int other, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void receiver(Receiver to) {
      receiver = to;
    }

    /** Delivers what has arrived. */
    void poll() {
      int from = 0;
      while (from < end) {
        int start = from + Integer.BYTES;
        from = start + filled.getInt(from);
        receiver().frame(1 - node, shown.limit(from).position(start));
      }
      end = 0;
    }
  }
}
