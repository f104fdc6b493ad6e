package org.atoll.bench.ipc;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Program;
import org.atoll.bench.BenchNode;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a node: guests that spin, and where there are some also the caller, which then
 * has no more right to the CPU than they. Without a spinner there are none.
 */
final class Busy {

  private final @Nullable Stopwatch watch;
  private final @Nullable Processes processes;

  private Busy(@Nullable Stopwatch watch, @Nullable Processes processes) {
    this.watch = watch;
    this.processes = processes;
  }

  /** Of a node without callers. */
  static Busy with(Span span) {
    return span.spinners() == 0
        ? new Busy(null, null)
        : new Busy(null, new Processes(spinners(span)));
  }

  /** Of the node of the callers. */
  static Busy with(Span span, Operation operation) {
    if (span.spinners() == 0) {
      return new Busy(null, null);
    }
    Stopwatch watch = new Stopwatch(operation.batch());
    List<Program> programs = spinners(span);
    programs.add(new Caller(operation, watch));
    return new Busy(watch, new Processes(programs));
  }

  private static List<Program> spinners(Span span) {
    List<Program> programs = new ArrayList<>();
    for (int i = 0; i < span.spinners(); i++) {
      programs.add(new SpinProgram());
    }
    return programs;
  }

  /** A node that can have them. */
  Node node(NettyLink link, NodeConfig config) {
    LinuxHost host = Nodes.host(link);
    return processes == null
        ? BenchNode.on(host, config, link)
        : BenchNode.on(host, config, link, processes::next, Tracer.NONE);
  }

  /** Starts those that spin, on the thread of the node's CPU. */
  void spin(Node node) {
    if (processes != null) {
      processes.start(node);
    }
  }

  /** Starts them and the callers, on the thread of the node's CPU. */
  Load load(Node node, Operation operation) {
    return processes == null || watch == null
        ? Load.of(node, operation)
        : Load.of(node, watch, processes.start(node));
  }
}
