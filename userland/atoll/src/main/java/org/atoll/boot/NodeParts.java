package org.atoll.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Program;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Host;
import org.atoll.hypercall.Hypercall;
import org.atoll.hypercall.Hypercalls;
import org.atoll.hypercall.Streams;
import org.atoll.hypercall.Transport;
import org.atoll.hypercall.coroutine.Continuations;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.cpu.HostedEngines;
import org.atoll.hypercall.memory.Frames;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Tracer;
import org.atoll.vcpu.Interpreter;
import org.jspecify.annotations.Nullable;

/**
 * What is below and around a kernel; only this differs between Linux and the simulation.
 *
 * @param host the host below
 * @param streams the streams of the command (on node 0)
 * @param transport to the other nodes, or null when there are none
 * @param tracer sees the messages
 * @param programs what a process is made of
 * @param hosted runs the processes whose program the host holds
 */
record NodeParts(
    Host host,
    Streams streams,
    @Nullable Transport transport,
    Tracer tracer,
    Supplier<Program> programs,
    HostedEngines hosted) {

  /**
   * A kernel with memory and CPUs, and no tasks yet.
   *
   * @param memoryBytes of guest memory, a multiple of 4096
   * @param cpus how many CPUs, each to be run by a thread of its own
   */
  BareNode kernel(NodeConfig config, long memoryBytes, int cpus) {
    Hypercalls gate = new Hypercalls(host, streams);
    long address =
        gate.reserveMemory(new Caller("boot", Hypercall.MEMORY_RESERVE.right()), memoryBytes);
    if (address < 0) {
      throw new IllegalStateException(
          "no " + (memoryBytes >> 20) + " MiB for a node: " + Errno.text((int) -address));
    }
    Frames frames = new Frames(address, (int) (memoryBytes / Limits.PAGE_BYTES));
    List<Engine> engines = new ArrayList<>();
    for (int i = 0; i < cpus; i++) {
      engines.add(new Interpreter());
    }
    Node node = new Node(config, gate, frames, engines, programs, transport, tracer);
    node.hosted(hosted);
    node.stacksOfTurns(new Continuations());
    return new BareNode(node, gate);
  }
}
