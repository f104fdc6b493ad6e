package org.atoll.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import org.atoll.abi.Limits;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames into the transport, which belongs to CPU 0: other CPUs leave theirs in a queue, and
 * what the transport has no room for waits here in order.
 *
 * <p>Invariant: a frame is put only after every frame that was left before it, so that frames of
 * one task keep their order when it changes CPUs.
 */
final class Wire {

  /** Bytes that may wait for one node; one that takes no more is given up. */
  static final long WAITING_BYTES_MAX = 64L << 20;

  /** Bytes that wait for one node when tasks may send messages there no more. */
  static final long CROWDED_BYTES = 4L << 20;

  private final Transport transport;
  private final LeftFrames left;
  private final Deque<ByteBuffer>[] waiting;
  private final long[] waitingBytes = new long[Limits.NODES_MAX];
  private final byte[] scratch = new byte[Limits.BUFFER_BYTES_MAX];
  private boolean dirty;

  @SuppressWarnings({"unchecked", "rawtypes"})
  Wire(Transport transport, LeftFrames left) {
    this.transport = transport;
    this.left = left;
    this.waiting = new Deque[Limits.NODES_MAX];
    for (int i = 0; i < waiting.length; i++) {
      waiting[i] = new ArrayDeque<>();
    }
  }

  /**
   * Sends a frame whose payload is part of a buffer.
   *
   * @param by the CPU that sends, or null for another thread
   * @return false when the payload cannot be read; then nothing was sent
   */
  boolean put(@Nullable Cpu by, int node, Frame frame, @Nullable Buffer payload, int offset) {
    boolean owner = by != null && by.index() == 0;
    ByteBuffer claimed = null;
    if (owner) {
      drain();
      claimed = claim(node, frame.size());
    }
    if (claimed != null && (payload == null || frame.bytes == 0)) {
      frame.writeHead(claimed);
      commit(node);
      return true;
    }
    byte[] bytes = claimed == null ? new byte[frame.size()] : scratch;
    int at = claimed == null ? Frame.HEAD_BYTES : 0;
    if (payload != null && payload.read(offset, bytes, at, frame.bytes) != frame.bytes) {
      return false;
    }
    if (claimed != null) {
      frame.writeHead(claimed);
      claimed.put(scratch, 0, frame.bytes);
      commit(node);
    } else {
      ByteBuffer kept = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      frame.writeHead(kept);
      keep(owner, node, kept.rewind());
    }
    return true;
  }

  /** Sends a frame on that is complete already; only on CPU 0. */
  void pass(int node, Frame frame, ByteBuffer payload) {
    drain();
    ByteBuffer claimed = claim(node, frame.size());
    ByteBuffer to =
        claimed == null
            ? ByteBuffer.allocate(frame.size()).order(ByteOrder.LITTLE_ENDIAN)
            : claimed;
    frame.writeHead(to);
    to.put(payload);
    if (claimed == null) {
      keep(true, node, to.rewind());
    } else {
      commit(node);
    }
  }

  private @Nullable ByteBuffer claim(int node, int bytes) {
    if (!waiting[node].isEmpty()) {
      return null;
    }
    ByteBuffer claimed = transport.claim(node, bytes);
    return claimed == null ? null : claimed.order(ByteOrder.LITTLE_ENDIAN);
  }

  private void commit(int node) {
    transport.commit(node);
    dirty = true;
  }

  private void keep(boolean owner, int node, ByteBuffer frame) {
    if (owner) {
      waiting[node].add(frame);
      waitingBytes[node] += frame.remaining();
    } else {
      left.leave(node, frame);
    }
  }

  /** Whether frames were left that CPU 0 is to put. */
  boolean work() {
    return left.any();
  }

  /** Whether more waits for a node than may; only on CPU 0. */
  boolean stuck(int node) {
    return waitingBytes[node] > WAITING_BYTES_MAX;
  }

  /** Whether tasks are to send messages to a node no more for now; a hint on other CPUs. */
  boolean crowded(int node) {
    return waitingBytes[node] > CROWDED_BYTES;
  }

  /** Puts what other CPUs left; only on CPU 0. */
  private void drain() {
    for (LeftFrames.Left next = left.poll(); next != null; next = left.poll()) {
      keep(true, next.node(), next.frame());
      writable(next.node());
    }
  }

  /** There is room again; only on CPU 0. */
  void writable(int node) {
    Deque<ByteBuffer> row = waiting[node];
    for (ByteBuffer frame = row.peek(); frame != null; frame = row.peek()) {
      int bytes = frame.remaining();
      ByteBuffer claimed = transport.claim(node, bytes);
      if (claimed == null) {
        return;
      }
      claimed.put(frame);
      commit(node);
      row.remove();
      waitingBytes[node] -= bytes;
    }
  }

  /** Ends the connection to a node that broke the rules; only on CPU 0. */
  void disconnect(int node, String reason) {
    transport.drop(node, reason);
  }

  /** Forgets what waits for a node that is dead; only on CPU 0. */
  void drop(int node) {
    waiting[node].clear();
    waitingBytes[node] = 0;
  }

  /** Lets the transport send; only on CPU 0. */
  void flush() {
    if (left.any()) {
      drain();
    }
    if (dirty) {
      dirty = false;
      transport.flush();
    }
  }
}
