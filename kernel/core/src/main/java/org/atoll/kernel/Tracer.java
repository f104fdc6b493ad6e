package org.atoll.kernel;

import org.atoll.abi.Message;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;

/**
 * Sees every message at the moment it is committed, on the node of its sender, and every hypercall.
 * Called by the CPU that commits; with more than one CPU, by several at once.
 */
public interface Tracer {

  /** Sees nothing; costs one branch. */
  Tracer NONE = new Silent();

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

  /**
   * Where and when.
   *
   * @param node the node
   * @param nanos its monotonic clock
   */
  record Moment(int node, long nanos) {}

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
