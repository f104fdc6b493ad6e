package org.atoll.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.atoll.abi.Limits;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames into the transport, which belongs to CPU 0: other CPUs leave theirs in a queue, and
 * what the transport has no room for waits here.
 *
 * <p>Invariant: frames of one sender are put in order. One is put only after every frame that was
 * left before it, so that this holds when a task changes CPUs, and only while none waits.
 */
final class Wire {

  /** Bytes that wait, for all nodes, when no task of this node has a turn until fewer do. */
  static final long WAITING_BYTES_MAX = 128L << 20;

  /** Bytes that wait for one node when it is lost: more than all that it can ask for at once. */
  static final long LOST_BYTES = 512L << 20;

  /** A node for which frames wait, and that takes none for so long while they are too many. */
  static final long LOST_NANOS = 10_000_000_000L;

  /** Bytes of one sender that wait for one node when it may send messages there no more. */
  static final long CROWDED_BYTES = 1L << 20;

  private final Transport transport;
  private final LeftFrames left;
  private final Runnable goOn;
  private final FairFrames[] waiting;
  private long waitingBytes;
  private volatile boolean congested;

  /**
   * Frames that a node has taken which had to wait, and how many had been when that was looked at.
   */
  private final long[] taken = new long[Limits.NODES_MAX];

  private final long[] seen = new long[Limits.NODES_MAX];

  /** When it was seen that more had been taken, or that none wait. */
  private final long[] seenNanos = new long[Limits.NODES_MAX];

  /** A bit for each node that is dead. */
  private long dead;

  private boolean dirty;

  /** Over a transport; {@code goOn} is run when the wire is {@link #congested} no more. */
  Wire(Transport transport, LeftFrames left, Runnable goOn) {
    this.transport = transport;
    this.left = left;
    this.goOn = goOn;
    this.waiting = new FairFrames[Limits.NODES_MAX];
    var spares = new WaitingFrames.Spares();
    Arrays.setAll(waiting, _ -> new FairFrames(spares));
  }

  /**
   * Sends a frame whose payload is part of a buffer.
   *
   * @param by the CPU that sends, or null for another thread
   * @return false when the payload cannot be read; then nothing was sent
   */
  boolean put(@Nullable Cpu by, int node, Frame frame, @Nullable Buffer payload, int offset) {
    boolean owner = by != null && by.index() == 0;
    if (owner) {
      drain();
    }
    ByteBuffer claimed = owner ? claim(node, frame.size()) : null;
    ByteBuffer to = claimed == null ? room(owner, node, frame) : claimed;
    frame.writeHead(to);
    if (payload != null
        && frame.bytes > 0
        && payload.readTo(offset, to, frame.bytes) != frame.bytes) {
      return false;
    }
    if (claimed != null) {
      commit(node);
    } else if (owner) {
      waits(node, frame.size());
    } else {
      left.leave(node, to.flip());
    }
    return true;
  }

  /** Where a frame is kept that cannot go yet. */
  private ByteBuffer room(boolean owner, int node, Frame frame) {
    return owner
        ? waiting[node].claim(frame.sender(), frame.size())
        : ByteBuffer.allocate(frame.size()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Sends a frame on that is complete already; only on CPU 0. */
  void pass(int node, Frame frame, ByteBuffer payload) {
    drain();
    ByteBuffer claimed = claim(node, frame.size());
    ByteBuffer to = claimed == null ? room(true, node, frame) : claimed;
    frame.writeHead(to);
    to.put(payload);
    if (claimed == null) {
      waits(node, frame.size());
    } else {
      commit(node);
    }
  }

  /** Room in the transport; null while it has none, or others wait for it. */
  private @Nullable ByteBuffer claim(int node, int bytes) {
    if (!waiting[node].isEmpty()) {
      return null;
    }
    ByteBuffer claimed = transport.claim(node, bytes);
    return claimed == null ? null : claimed.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The frame that was claimed there, of so many bytes, is complete: it waits. */
  private void waits(int node, int bytes) {
    waiting[node].add();
    waitingBytes += bytes;
    if (waitingBytes > WAITING_BYTES_MAX && !congested) {
      Arrays.fill(seen, -1);
      congested = true;
    }
  }

  private void waitsNoMore(long bytes) {
    waitingBytes -= bytes;
    if (congested && waitingBytes <= WAITING_BYTES_MAX) {
      congested = false;
      goOn.run();
    }
  }

  private void commit(int node) {
    transport.commit(node);
    dirty = true;
  }

  /** Whether frames were left that CPU 0 is to put. */
  boolean work() {
    return left.any();
  }

  /** Whether more waits than may: nobody is to send anything for now. Any CPU. */
  boolean congested() {
    return congested;
  }

  /**
   * Whether a node is to be given up, though it gives signs of life; only on CPU 0. To be asked
   * while the wire is {@link #congested}, again and again.
   */
  boolean lost(int node, long nowNanos) {
    if (seen[node] != taken[node] || waiting[node].isEmpty()) {
      seen[node] = taken[node];
      seenNanos[node] = nowNanos;
    }
    return nowNanos - seenNanos[node] >= LOST_NANOS || waiting[node].bytes() > LOST_BYTES;
  }

  /** Whether a task is to send messages to a node no more for now; a hint on other CPUs. */
  boolean crowded(int node, int sender) {
    return waiting[node].bytes(sender) > CROWDED_BYTES;
  }

  /** Puts what other CPUs left; only on CPU 0. */
  private void drain() {
    for (LeftFrames.Left next = left.poll(); next != null; next = left.poll()) {
      int bytes = next.frame().remaining();
      if ((dead & 1L << next.node()) != 0) {
        continue;
      }
      ByteBuffer claimed = claim(next.node(), bytes);
      if (claimed == null) {
        waiting[next.node()].claim(Frame.sender(next.frame()), bytes).put(next.frame());
        waits(next.node(), bytes);
      } else {
        claimed.put(next.frame());
        commit(next.node());
      }
    }
  }

  /** A node is there: what waits for it can go; only on CPU 0. */
  void comes(int node) {
    dead &= ~(1L << node);
    writable(node);
  }

  /** There is room again; only on CPU 0. */
  void writable(int node) {
    FairFrames row = waiting[node];
    while (!row.isEmpty()) {
      ByteBuffer frame = row.first();
      int bytes = frame.remaining();
      ByteBuffer claimed = transport.claim(node, bytes);
      if (claimed == null) {
        return;
      }
      claimed.put(frame);
      commit(node);
      row.remove();
      taken[node]++;
      waitsNoMore(bytes);
    }
  }

  /** Ends the connection to a node that broke the rules; only on CPU 0. */
  void disconnect(int node, String reason) {
    transport.drop(node, reason);
  }

  /** Forgets what waits for a node that is dead, and what is left for it; only on CPU 0. */
  void drop(int node) {
    dead |= 1L << node;
    long bytes = waiting[node].bytes();
    waiting[node].clear();
    waitsNoMore(bytes);
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
