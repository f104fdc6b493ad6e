package org.atoll.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Program;
import org.atoll.abi.Role;
import org.atoll.drivers.console.ConsoleDriver;
import org.atoll.hypercall.EventChannel;
import org.atoll.hypercall.Host;
import org.atoll.hypercall.Hypercall;
import org.atoll.hypercall.Hypercalls;
import org.atoll.hypercall.Streams;
import org.atoll.hypercall.Transport;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.memory.Frames;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;
import org.atoll.kernel.Tracer;
import org.atoll.vcpu.Interpreter;
import org.jspecify.annotations.Nullable;

/**
 * What a node is made of, the same on Linux and in the simulation: only host, streams and transport
 * differ.
 *
 * @param host the host below
 * @param streams the command's streams (node 0), or none
 * @param transport to the other nodes, or null when there are none
 * @param tracer sees the messages
 * @param programs what a process is made of
 */
record NodeParts(
    Host host,
    Streams streams,
    @Nullable Transport transport,
    Tracer tracer,
    Supplier<Program> programs) {

  /**
   * A kernel with memory and CPUs, without tasks.
   *
   * @param cpus how many CPUs
   */
  Node kernel(NodeConfig config, long memoryBytes, int cpus) {
    Hypercalls gate = new Hypercalls(host, streams);
    long address = gate.reserveMemory(Hypercall.ALL, memoryBytes);
    if (address < 0) {
      throw new IllegalStateException(
          "no " + (memoryBytes >> 20) + " MiB of memory: " + Errno.text((int) -address));
    }
    Frames frames = new Frames(address, (int) (memoryBytes / Limits.PAGE_BYTES));
    List<Engine> engines = new ArrayList<>();
    for (int i = 0; i < cpus; i++) {
      engines.add(new Interpreter());
    }
    return new Node(config, gate, frames, engines, programs, transport, tracer);
  }
}
