package org.atoll.hypercall.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.atoll.hypercall.Packets;
import org.jspecify.annotations.Nullable;

/**
 * A node's end of the simulated wires. Packets are copied into rows of bytes: nodes share no
 * object. What arrives waits for the node's next look.
 */
public final class SimulatedPackets implements Packets {

  private final SimulatedWires wires;
  private final int self;
  private final Queue<Consumer<Receiver>> arrived = new ArrayDeque<>();
  private long wishNanos = NEVER;
  private @Nullable Receiver receiver;

  SimulatedPackets(SimulatedWires wires, int self) {
    this.wires = wires;
    this.self = self;
  }

  @Override
  public void send(int node, ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    wires.send(self, node, bytes);
  }

  @Override
  public long nanos() {
    return wires.nowNanos();
  }

  @Override
  public void wakeAt(long nanos) {
    if (nanos == wishNanos) {
      return;
    }
    wishNanos = nanos;
    if (nanos != NEVER) {
      wires.at(nanos, () -> wake(nanos));
    }
  }

  private void wake(long nanos) {
    if (wishNanos == nanos) {
      wishNanos = NEVER;
      arrived.add(Receiver::due);
    }
  }

  @Override
  public void receiver(Receiver receiver) {
    this.receiver = receiver;
  }

  /** A packet came out of a wire. */
  void arrive(int from, byte[] bytes) {
    arrived.add(to -> to.packet(from, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)));
  }

  /** A node is there. */
  void reachable(int node) {
    arrived.add(to -> to.reachable(node));
  }

  /** A node is no more. */
  void gone(int node) {
    arrived.add(to -> to.gone(node));
  }

  /** Hands over what has arrived. */
  void deliver() {
    Receiver to = receiver;
    if (to == null) {
      return;
    }
    for (Consumer<Receiver> next = arrived.poll(); next != null; next = arrived.poll()) {
      next.accept(to);
    }
  }
}
