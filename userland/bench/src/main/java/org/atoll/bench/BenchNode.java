package org.atoll.bench;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.atoll.abi.Program;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Host;
import org.atoll.hypercall.Hypercall;
import org.atoll.hypercall.Hypercalls;
import org.atoll.hypercall.Transport;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.memory.Frames;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Tracer;
import org.atoll.vcpu.Interpreter;
import org.jspecify.annotations.Nullable;

/** A kernel as the boot makes it, on the Linux host, without the servers of the system. */
public final class BenchNode {

  private static final int FRAMES = 1_024;

  private BenchNode() {}

  public static Node on(Host host, NodeConfig config, @Nullable Transport transport) {
    return on(host, config, transport, BenchNode::noProgram, Tracer.NONE);
  }

  /**
   * One with processes.
   *
   * @param programs what a process is made of
   * @param tracer sees the messages
   */
  public static Node on(
      Host host,
      NodeConfig config,
      @Nullable Transport transport,
      Supplier<Program> programs,
      Tracer tracer) {
    return on(host, config, transport, programs, tracer, List.of(new Interpreter()));
  }

  private static Node on(
      Host host,
      NodeConfig config,
      @Nullable Transport transport,
      Supplier<Program> programs,
      Tracer tracer,
      List<Engine> engines) {
    Hypercalls gate = new Hypercalls(host);
    long bytes = (long) FRAMES * Frames.FRAME_BYTES;
    long address = gate.reserveMemory(new Caller("boot", Hypercall.MEMORY_RESERVE.right()), bytes);
    if (address < 0) {
      throw new IllegalStateException("no memory for a node: errno " + -address);
    }
    Frames frames = new Frames(address, FRAMES);
    return new Node(config, gate, frames, engines, programs, transport, tracer);
  }

  /** One of several CPUs, without processes. */
  public static Node of(Host host, NodeConfig config, int cpus) {
    List<Engine> engines = Stream.<Engine>generate(Interpreter::new).limit(cpus).toList();
    return on(host, config, null, BenchNode::noProgram, Tracer.NONE, engines);
  }

  private static Program noProgram() {
    throw new IllegalStateException("no process is started here");
  }
}
