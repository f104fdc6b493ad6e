package org.atoll.bench.ipc;

import java.util.List;
import java.util.concurrent.Executors;
import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Program;
import org.atoll.abi.Role;
import org.atoll.bench.BenchNode;
import org.atoll.drivers.link.netty.LinkLoop;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.hypercall.coroutine.PlatformThreads;
import org.atoll.hypercall.cpu.Coroutines;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.hypercall.linux.LinuxTimers;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;
import org.atoll.kernel.RingTracer;
import org.atoll.kernel.Tracer;

/** The nodes that rows are measured on. On the thread that is the node's CPU. */
final class Nodes {

  /** Messages that a traced node keeps. */
  private static final int RING = 1 << 10;

  private Nodes() {}

  /** Callers and server on one node. */
  static Subject local(Operation operation) {
    return local(operation, NodeConfig.single(), Tracer.NONE);
  }

  /** The same where who is woken waits in the ready queue. */
  static Subject queued(Operation operation) {
    NodeConfig config = NodeConfig.single().with(NodeConfig.HandOver.QUEUED);
    return local(operation, config, Tracer.NONE);
  }

  /** The same with each message written down. */
  static Subject traced(Operation operation) {
    return local(operation, NodeConfig.single(), new RingTracer(RING));
  }

  private static Subject local(Operation operation, NodeConfig config, Tracer tracer) {
    Node node = BenchNode.on(host(), config, null, Nodes::noProgram, tracer);
    int server = node.start("server", new NullServer(), Privileges.SERVER);
    return local(node, server, Load.of(node, operation), operation);
  }

  private static Subject local(Node node, int server, Load load, Operation operation) {
    int meter = node.start("meter", new Meter(), Privileges.SERVER);
    return new CallSubject(node, load, operation.calls(), server, new int[] {meter}, () -> true);
  }

  /** Load that is offered to a server of the same node. */
  static OpenRun open() {
    Node node = BenchNode.on(host(), NodeConfig.single(), null);
    node.role(Role.VFS, node.start("server", new NullServer(), Privileges.SERVER));
    return new OpenRun(node, () -> {}, () -> true);
  }

  /** A guest spins, and the caller is a process as it is, with no more right to the CPU. */
  static Subject busy(Operation operation) {
    Stopwatch watch = new Stopwatch(operation.batch());
    Processes processes = new Processes(List.of(new SpinProgram(), new Caller(operation, watch)));
    Node node = BenchNode.on(host(), NodeConfig.single(), null, processes::next, Tracer.NONE);
    int server = node.start("server", new NullServer(), Privileges.SERVER);
    int caller = processes.start(node);
    return local(node, server, Load.of(node, watch, caller), operation);
  }

  /** The server has a stack, and waits in the middle of its code. */
  static Subject stackful(Operation operation, Coroutines stacks) {
    Node node = BenchNode.on(host(), NodeConfig.single(), null);
    int server = node.startStackful("server", Nodes::serve, Privileges.SERVER, stacks);
    node.channel(server).raise();
    return local(node, server, Load.of(node, operation), operation);
  }

  /** Stacks on threads of the host. */
  static Coroutines threads() {
    return new PlatformThreads(
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory()));
  }

  private static void serve(BlockingIpc ipc) {
    Message m = new Message();
    while (true) {
      long request = ipc.receive(Endpoint.ANY, m, BlockingIpc.FOREVER);
      if (request > 0) {
        m.set(0, 0, NullServer.next(m.w0), m.w1, 0, 0, 0, 0);
        ipc.reply(request, m);
      }
    }
  }

  /** The host of a node without others. */
  static LinuxHost host() {
    return new LinuxHost(new Libc(), 1);
  }

  /** The host of a node with others. */
  static LinuxHost host(NettyLink link) {
    return new LinuxHost(new Libc(), 1, link);
  }

  /** What a link waits by. */
  static LinkLoop loop() {
    return new LinkLoop(new LinuxTimers(new Libc()));
  }

  private static Program noProgram() {
    throw new IllegalStateException("no process is started here");
  }
}
