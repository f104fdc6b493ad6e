package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.kernel.Node;
import org.atoll.kernel.Privileges;

/**
 * A load on this node and the server that it calls, here or elsewhere. Owner: the thread that made
 * it, which is the node's CPU.
 */
final class CallSubject implements Subject {

  private final Node node;
  private final Load load;
  private final int events;
  private final int server;
  private final int[] meters;
  private final BooleanSupplier alive;
  private final Asker asker;
  private final int askerEndpoint;

  /**
   * Of tasks that have been started.
   *
   * @param events that an operation is for the server
   * @param meters of all nodes
   * @param alive whether the others still are there
   */
  CallSubject(Node node, Load load, int events, int server, int[] meters, BooleanSupplier alive) {
    this(node, load, events, server, meters, alive, () -> {});
  }

  /**
   * Of a node of several CPUs, of which this thread is the first.
   *
   * @param wakeup ends its wait
   */
  CallSubject(
      Node node,
      Load load,
      int events,
      int server,
      int[] meters,
      BooleanSupplier alive,
      Runnable wakeup) {
    this.node = node;
    this.load = load;
    this.events = events;
    this.server = server;
    this.meters = meters;
    this.alive = alive;
    asker = new Asker(wakeup);
    node.role(Role.VFS, server);
    askerEndpoint = node.start("asker", asker, Privileges.SERVER);
  }

  @Override
  public int batch() {
    return load.batch();
  }

  @Override
  public int events() {
    return events;
  }

  @Override
  public void run(double[] nanos) throws IOException {
    load.begin(nanos);
    until(load::done);
  }

  @Override
  public Counters counters() throws IOException {
    int kernel = Endpoint.kernelOf(Endpoint.home(server));
    KernelProtocol.Call.USAGE.encode(asker.about(kernel), server);
    long handled = ask().w3;
    long bytes = 0;
    long cpuNanos = 0;
    long compiledMillis = 0;
    for (int meter : meters) {
      asker.about(meter).type = Meter.READ;
      Message used = ask();
      bytes += used.w1;
      cpuNanos += used.w2;
      compiledMillis += used.w3;
    }
    return new Counters(bytes, cpuNanos, compiledMillis, handled);
  }

  private Message ask() throws IOException {
    node.channel(askerEndpoint).raise();
    until(asker::done);
    return asker.answer();
  }

  private void until(BooleanSupplier done) throws IOException {
    node.cpu(0).runUntil(() -> done.getAsBoolean() || !alive.getAsBoolean());
    if (node.halted()) {
      throw new IOException("the node has failed: see above");
    }
    if (!done.getAsBoolean()) {
      throw new IOException("the other node has ended");
    }
  }

  /** Ends the VOS. */
  @Override
  public void close() {
    Message m = asker.about(Endpoint.kernelOf(node.number()));
    KernelProtocol.Call.HALT.encode(m, 0);
    node.channel(askerEndpoint).raise();
    node.cpu(0).run();
  }
}
