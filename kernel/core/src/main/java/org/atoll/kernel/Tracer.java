package org.atoll.kernel;

import java.util.Objects;
import org.atoll.abi.Message;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;
import org.jspecify.annotations.Nullable;

/**
 * Sees every message at the moment it is committed, on the node of its sender, and every hypercall.
 * Called by the CPU that commits; with more than one CPU, by several at once.
 */
public interface Tracer {

  /** Sees nothing; costs one branch. */
  Tracer NONE = new Silent();

  /** How exact the times are that it is told; always the same. */
  default Time time() {
    return Time.READ;
  }

  /** Names the node whose tasks are seen; called once, before anything else. */
  default void attach(Node node) {}

  /** A call, with the sizes of its buffers in bytes. */
  void request(Moment at, int from, int to, long request, Message m, int inBytes, int outBytes);

  /** The answer to a call; its words may be an errno that the kernel gave. */
  void answer(Moment at, int from, int to, long request, Message m, int outBytes);

  /** A one-way message. */
  void message(Moment at, int from, int to, Message m);

  /** A notification. */
  void notified(Moment at, int from, int to);

  /** An alarm that went off. */
  void alarm(Moment at, int task, long tag);

  /** The wish to end a call. */
  void cancel(Moment at, int from, int to, long request);

  /** A hypercall of a task that was made, or refused with {@code -EPERM}. */
  void hypercall(Moment at, Caller by, Hypercall call, long argument, long result);

  /** How exact the time of a moment is. */
  enum Time {
    /** The node's clock is read for it: some 25 ns. */
    READ,

    /**
     * When the CPU last looked at the clock for its own sake, which costs nothing more: when its
     * slice began, or after each 64 turns since, fewer where they are slow, and each 16,384
     * instructions of a guest. What happened then or later, before the CPU's next look. Between two
     * slices, and by a thread that is no CPU, the clock is read.
     */
    LOOKED
  }

  /**
   * Where and when. Moments of one CPU are told in their order, and their times never decrease. Of
   * {@link Time#LOOKED} a CPU has one that it uses again and again: it is good until the tracer
   * returns.
   */
  final class Moment {

    /** Another thread than those of the node's CPUs, or nobody knows which. */
    public static final int NO_CPU = -1;

    private final int node;
    private final int cpu;
    private long nanos;

    /** On a CPU of a node, by the node's monotonic clock. */
    public Moment(int node, int cpu, long nanos) {
      this.node = node;
      this.cpu = cpu;
      this.nanos = nanos;
    }

    /** On no CPU. */
    public Moment(int node, long nanos) {
      this(node, NO_CPU, nanos);
    }

    /** The node. */
    public int node() {
      return node;
    }

    /** Its CPU, or {@link #NO_CPU}. */
    public int cpu() {
      return cpu;
    }

    /** The node's monotonic clock, as exact as {@link Tracer#time} wants it. */
    public long nanos() {
      return nanos;
    }

    /** The same place at another time. */
    Moment set(long now) {
      nanos = now;
      return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Moment that
          && node == that.node
          && cpu == that.cpu
          && nanos == that.nanos;
    }

    @Override
    public int hashCode() {
      return Objects.hash(node, cpu, nanos);
    }

    @Override
    public String toString() {
      return nanos + " n" + node + " cpu " + cpu;
    }
  }

  /** The tracer that sees nothing. */
  final class Silent implements Tracer {
    private Silent() {}

    @Override
    public void request(Moment at, int from, int to, long request, Message m, int in, int out) {}

    @Override
    public void answer(Moment at, int from, int to, long request, Message m, int outBytes) {}

    @Override
    public void message(Moment at, int from, int to, Message m) {}

    @Override
    public void notified(Moment at, int from, int to) {}

    @Override
    public void alarm(Moment at, int task, long tag) {}

    @Override
    public void cancel(Moment at, int from, int to, long request) {}

    @Override
    public void hypercall(Moment at, Caller by, Hypercall call, long argument, long result) {}
  }
}
