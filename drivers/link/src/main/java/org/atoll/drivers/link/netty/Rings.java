package org.atoll.drivers.link.netty;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.atoll.drivers.link.session.FrameHead;
import org.atoll.hypercall.SharedMemory;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The wires of a link that are memory, which the CPU looks at itself, and asks to be woken for only
 * when it sleeps. Owner: the CPU that the link belongs to.
 */
final class Rings implements BooleanSupplier {

  /** The largest frame fits, so that frames are shown in place mostly. */
  private static final int TAKEN_BYTES = Transport.FRAME_BYTES_MAX + FrameHead.BYTES;

  private final SharedMemory memory;
  private final List<RingWire> wires = new ArrayList<>();
  private @Nullable Doorbell bell;
  private @Nullable ByteBuffer taken;

  /** What the CPU said when it was about to wait. */
  private BooleanSupplier mayBlock = () -> false;

  Rings(SharedMemory memory) {
    this.memory = memory;
  }

  /** Makes what is needed once there are rings. */
  void open(LinkLoop loop) {
    bell = Doorbell.of(loop);
    taken = ByteBuffer.allocateDirect(TAKEN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  SharedMemory memory() {
    return memory;
  }

  /** What others ring to wake this node. */
  Doorbell bell() {
    Doorbell open = bell;
    if (open == null) {
      throw new IllegalStateException("this node has no shared memory");
    }
    return open;
  }

  void add(RingWire wire) {
    wires.add(wire);
  }

  void remove(RingWire wire) {
    wires.remove(wire);
  }

  /** Takes what is there, not more than a buffer from each; whether there was something. */
  boolean take() {
    boolean some = false;
    for (int i = 0; i < wires.size(); i++) {
      some |= takeFrom(wires.get(i)) > 0;
    }
    return some;
  }

  /** Takes what is there from one wire; how many bytes. */
  int takeFrom(RingWire wire) {
    ByteBuffer to = taken;
    return to == null ? 0 : wire.take(to.clear());
  }

  /** May the CPU sleep? Asked by the loop after it was told that it may not be woken otherwise. */
  @Override
  public boolean getAsBoolean() {
    return mayBlock.getAsBoolean() && allEmptyWhenAsleep();
  }

  /** Has the loop ask the CPU first, and then the rings. */
  BooleanSupplier after(BooleanSupplier cpu) {
    mayBlock = cpu;
    return wires.isEmpty() ? cpu : this;
  }

  /** Tells the other nodes to ring from now on; whether they have put nothing meanwhile. */
  private boolean allEmptyWhenAsleep() {
    for (int i = 0; i < wires.size(); i++) {
      if (!wires.get(i).maySleep()) {
        return false;
      }
    }
    return true;
  }

  /** The CPU looks by itself again. */
  void wakes() {
    for (int i = 0; i < wires.size(); i++) {
      wires.get(i).wakes();
    }
  }
}
