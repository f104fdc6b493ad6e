package org.atoll.hypercall.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A node's end of the simulated wires. Frames are copied into rows of bytes: nodes share no object.
 */
public final class SimulatedTransport implements Transport {

  /** Bytes that may be under way to a node. */
  static final int UNDER_WAY_BYTES_MAX = 1 << 20;

  private final SimulatedWires wires;
  private final int self;
  private final boolean[] connected;
  private final boolean[] starved;
  private final int[] underWayBytes;
  private final List<List<byte[]>> committed = new ArrayList<>();
  private final Queue<Arrival> arrived = new ArrayDeque<>();
  private byte @Nullable [] claimed;
  private @Nullable Receiver receiver;

  SimulatedTransport(SimulatedWires wires, int self, int nodes) {
    this.wires = wires;
    this.self = self;
    connected = new boolean[nodes];
    starved = new boolean[nodes];
    underWayBytes = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      committed.add(new ArrayList<>());
    }
  }

  @Override
  public @Nullable ByteBuffer claim(int node, int bytes) {
    if (bytes < 0 || bytes > FRAME_BYTES_MAX) {
      throw new IllegalArgumentException("frame of " + bytes + " bytes");
    }
    if (!connected[node]) {
      return null;
    }
    if (underWayBytes[node] + bytes > UNDER_WAY_BYTES_MAX) {
      starved[node] = true;
      return null;
    }
    byte[] frame = new byte[bytes];
    claimed = frame;
    return ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void commit(int node) {
    byte[] frame = claimed;
    if (frame == null) {
      throw new IllegalStateException("commit without claim");
    }
    claimed = null;
    underWayBytes[node] += frame.length;
    committed.get(node).add(frame);
  }

  @Override
  public void flush() {
    for (int node = 0; node < committed.size(); node++) {
      List<byte[]> frames = committed.get(node);
      for (byte[] frame : frames) {
        wires.send(self, node, Arrival.frame(self, frame));
      }
      frames.clear();
    }
  }

  @Override
  public void drop(int node, String reason) {
    if (connected[node]) {
      connected[node] = false;
      committed.get(node).clear();
      wires.send(self, node, Arrival.down(self));
    }
  }

  @Override
  public void receiver(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Something came out of a wire; it waits for the node's next look. */
  void arrive(Arrival arrival) {
    arrived.add(arrival);
  }

  /** Hands over what has arrived. */
  void deliver() {
    Receiver to = receiver;
    if (to == null) {
      return;
    }
    Arrival next = arrived.poll();
    while (next != null) {
      deliver(to, next);
      next = arrived.poll();
    }
  }

  private void deliver(Receiver to, Arrival arrival) {
    int node = arrival.node;
    switch (arrival.kind) {
      case UP -> {
        connected[node] = true;
        to.nodeUp(node);
      }
      case DOWN -> {
        connected[node] = false;
        to.nodeDown(node, "the connection ended");
      }
      case FRAME -> {
        if (connected[node]) {
          ByteBuffer frame = ByteBuffer.wrap(arrival.bytes).order(ByteOrder.LITTLE_ENDIAN);
          wires.send(self, node, Arrival.taken(self, frame.capacity()));
          to.frame(node, frame);
        }
      }
      case TAKEN -> taken(to, node, arrival.count);
    }
  }

  private void taken(Receiver to, int node, int bytes) {
    underWayBytes[node] -= bytes;
    if (starved[node] && connected[node]) {
      starved[node] = false;
      to.writable(node);
    }
  }
}
