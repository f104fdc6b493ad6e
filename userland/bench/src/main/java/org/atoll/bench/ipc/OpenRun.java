package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.atoll.hypercall.EventChannel;
import org.atoll.kernel.Node;

/**
 * Offers load to a server from this node. Between calls it looks for events and yields, for a timer
 * would be late by more than a call takes. Owner: the node's CPU.
 */
final class OpenRun {

  private final Node node;
  private final Runnable poll;
  private final BooleanSupplier alive;
  private final OpenLoop loop = new OpenLoop();
  private final EventChannel channel;

  /**
   * Starts the caller; the server's role is said already.
   *
   * @param poll lets what has arrived in
   * @param alive whether the other nodes are there
   */
  OpenRun(Node node, Runnable poll, BooleanSupplier alive) {
    this.node = node;
    this.poll = poll;
    this.alive = alive;
    int caller = node.start("open loop", loop, Load.CALLER);
    node.vital(caller);
    channel = node.channel(caller);
  }

  /** Offers so many calls a second, until all are answered. */
  LoadPoint offer(double perSecond, int calls) throws IOException {
    loop.prepare(perSecond, calls);
    long began = System.nanoTime();
    while (!loop.done()) {
      if (loop.isDue()) {
        channel.raise();
      }
      if (!node.cpu(0).step()) {
        idle();
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Histogram all = loop.latencies();
    return new LoadPoint(
        perSecond,
        calls / seconds,
        all.getValueAtPercentile(50),
        all.getValueAtPercentile(99),
        all.getValueAtPercentile(99.9));
  }

  /** Yields, because the server may be on this core. */
  @SuppressWarnings("ThreadPriorityCheck")
  private void idle() throws IOException {
    if (node.halted() || !alive.getAsBoolean()) {
      throw new IOException("a node has ended");
    }
    poll.run();
    Thread.yield();
  }
}
