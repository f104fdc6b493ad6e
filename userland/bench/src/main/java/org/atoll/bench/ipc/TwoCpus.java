package org.atoll.bench.ipc;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.atoll.abi.Role;
import org.atoll.bench.BenchNode;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.kernel.BoundCpu;
import org.atoll.kernel.BoundCpu.Between;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;

/**
 * A node of two CPUs, each a thread on a core of its own: CPU 0 is the thread that makes it. A VOS
 * gives its nodes one CPU (ADR 8); the kernel takes any number.
 */
final class TwoCpus {

  private static final int CPUS = 2;

  private final LinuxHost host = new LinuxHost(new Libc(), CPUS);
  private final Node node;
  private final int server;

  private TwoCpus(NodeConfig config) {
    node = BenchNode.of(host, config, CPUS);
    server = node.start("server", new NullServer(), Privileges.SERVER);
    node.role(Role.VFS, server);
  }

  /** Callers of one server, all of which run where a CPU takes them from the ready queue. */
  static Subject callers(Operation operation) throws IOException {
    TwoCpus cpus = new TwoCpus(NodeConfig.single());
    Runnable wakeup = cpus.host.eventWait(0)::wakeup;
    Load load = Load.of(cpus.node, operation, new SharedStopwatch(operation.batch(), wakeup));
    Thread second = cpus.start(cpus.node.cpu(1)::run);
    return cpus.subject(load, second, wakeup);
  }

  /** A server that always runs on CPU 1, and its caller on CPU 0. */
  static Subject bound(Operation operation, Between between) throws IOException {
    TwoCpus cpus = new TwoCpus(NodeConfig.single().with(NodeConfig.HandOver.QUEUED));
    Load load = Load.of(cpus.node, operation);
    BoundCpu first = cpus.bound(0, load.first(), cpus.server, between);
    BoundCpu other = cpus.bound(1, cpus.server, load.first(), between);
    Thread second = cpus.start(() -> other.runUntil(() -> false));
    return new CrossCpuSubject(cpus.node, load, first, cpus.subject(load, second, () -> {}));
  }

  private BoundCpu bound(int cpu, int task, int other, Between between) {
    return BoundCpu.of(node, cpu, host.eventWait(cpu), task, other, between);
  }

  /** Starts the thread of CPU 1, and puts both where they stay. */
  private Thread start(Runnable loop) throws IOException {
    Cores.pinToNth(0);
    Thread second =
        new Thread(
            () -> {
              try {
                Cores.pinToNth(1);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              loop.run();
            },
            "cpu 1");
    second.setDaemon(true);
    second.setUncaughtExceptionHandler((thread, e) -> {
      System.err.println("bench: CPU 1 has failed: " + e.getMessage());
      node.halt(1);
    });
    second.start();
    return second;
  }

  private CallSubject subject(Load load, Thread second, Runnable wakeup) {
    Meter meter = new Meter(Thread.currentThread(), second);
    int[] meters = {node.start("meter", meter, Privileges.SERVER)};
    return new CallSubject(node, load, 1, server, meters, () -> true, wakeup);
  }
}
