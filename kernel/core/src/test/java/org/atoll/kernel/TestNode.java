package org.atoll.kernel;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Program;
import org.atoll.hypercall.Hypercalls;
import org.atoll.hypercall.Transport;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/** A node over a still host, with its memory. */
final class TestNode implements AutoCloseable {

  private static final int FRAMES = 256;

  final StillHost host = new StillHost();
  final Frames frames;
  final Node node;
  private final Arena arena = Arena.ofShared();

  TestNode() {
    this(NodeConfig.single(), 1, null, Tracer.NONE);
  }

  TestNode(NodeConfig config, int cpus, @Nullable Transport transport, Tracer tracer) {
    long bytes = (long) FRAMES * Frames.FRAME_BYTES;
    frames = new Frames(arena.allocate(bytes, Frames.FRAME_BYTES).address(), FRAMES);
    List<Engine> engines = new ArrayList<>();
    for (int i = 0; i < cpus; i++) {
      engines.add(new ScriptedGuest());
    }
    node =
        new Node(
            config, new Hypercalls(host), frames, engines, TestNode::program, transport, tracer);
  }

  private static Program program() {
    return new TestProgram();
  }

  int server(String name, TestTask task) {
    return node.start(name, task, Privileges.SERVER);
  }

  /** Steps CPU 0 until nothing is ready. */
  void settle() {
    for (int i = 0; node.cpu(0).step(); i++) {
      if (i == 1_000_000) {
        throw new AssertionError("the node does not come to rest");
      }
    }
  }

  /** Moves the clock, which the test alone moves, and settles. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void pass(long nanos) {
    host.nanos += nanos;
    settle();
  }

  @Override
  public void close() {
    arena.close();
  }
}
