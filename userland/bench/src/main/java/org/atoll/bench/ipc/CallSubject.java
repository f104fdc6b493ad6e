package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.bench.BenchNode;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;

/**
 * A caller on this node and the server that it calls, here or elsewhere. The caller has a process's
 * rights: it may send to roles alone, one of which the server serves. Owner: the thread that made
 * it, which is the node's CPU.
 */
final class CallSubject implements Subject {

  private static final Privileges CALLER =
      new Privileges(Privileges.Sends.ROLES, Privileges.mask(Set.of(Role.VFS)), 0, 0);

  private final Node node;
  private final int batch;
  private final int server;
  private final int[] meters;
  private final BooleanSupplier alive;
  private final Caller caller;
  private final int callerEndpoint;
  private final Asker asker = new Asker();
  private final int askerEndpoint;

  /**
   * Starts the caller.
   *
   * @param meters of all nodes
   * @param alive whether the others still are there
   */
  CallSubject(
      Node node, Operation operation, int batch, int server, int[] meters, BooleanSupplier alive) {
    this.node = node;
    this.batch = batch;
    this.server = server;
    this.meters = meters;
    this.alive = alive;
    node.role(Role.VFS, server);
    caller = new Caller(operation, batch);
    callerEndpoint = node.start("caller", caller, CALLER);
    askerEndpoint = node.start("asker", asker, Privileges.SERVER);
  }

  /** Both on one node, with one CPU. */
  static Subject local(Operation operation, int batch) {
    Node node = BenchNode.on(new LinuxHost(new Libc(), 1), NodeConfig.single(), null);
    int server = node.start("server", new NullServer(), Privileges.SERVER);
    int meter = node.start("meter", new Meter(), Privileges.SERVER);
    return new CallSubject(node, operation, batch, server, new int[] {meter}, () -> true);
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public void run(double[] nanos) throws IOException {
    caller.prepare(nanos);
    node.channel(callerEndpoint).raise();
    until(caller::done);
  }

  @Override
  public Counters counters() throws IOException {
    int kernel = Endpoint.kernelOf(Endpoint.home(server));
    KernelProtocol.Call.USAGE.encode(asker.about(kernel), server);
    long events = ask().w3;
    long bytes = 0;
    long cpuNanos = 0;
    for (int meter : meters) {
      asker.about(meter).type = Meter.READ;
      Message used = ask();
      bytes += used.w1;
      cpuNanos += used.w2;
    }
    return new Counters(bytes, cpuNanos, events);
  }

  private Message ask() throws IOException {
    node.channel(askerEndpoint).raise();
    until(asker::done);
    return asker.answer();
  }

  private void until(BooleanSupplier done) throws IOException {
    node.cpu(0).runUntil(() -> done.getAsBoolean() || !alive.getAsBoolean());
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
