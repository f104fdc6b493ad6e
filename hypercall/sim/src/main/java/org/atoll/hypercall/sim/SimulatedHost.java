package org.atoll.hypercall.sim;

import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.Host;

/** A host of a simulated node: virtual clock, seeded chance, waits that return at once. */
public final class SimulatedHost implements Host {

  /** The wall's clock when a simulation starts: 2026-01-01 00:00:00 UTC. */
  public static final long WALL_START_NANOS = 1_767_225_600_000_000_000L;

  private final Agenda agenda;
  private final SeededGenerator random;
  private final LongUnaryOperator memory;
  private final EventWait wait;

  SimulatedHost(
      Agenda agenda, SeededGenerator random, SimulatedPackets packets, LongUnaryOperator memory) {
    this.agenda = agenda;
    this.random = random;
    this.memory = memory;
    this.wait = new SimulatedWait(packets);
  }

  @Override
  public long monotonicNanos() {
    return agenda.nowNanos();
  }

  @Override
  public long wallNanos() {
    return WALL_START_NANOS + agenda.nowNanos();
  }

  @Override
  public void random(byte[] target, int offset, int bytes) {
    for (int i = 0; i < bytes; i++) {
      target[offset + i] = (byte) random.below(256);
    }
  }

  @Override
  public long reserveMemory(long bytes) {
    return memory.applyAsLong(bytes);
  }

  @Override
  public EventWait eventWait(int cpu) {
    return wait;
  }

  /** Hands over the frames that are due; time passes in {@link Simulation#run} alone. */
  private record SimulatedWait(SimulatedPackets packets) implements EventWait {

    @Override
    public void waitForEvent(BooleanSupplier mayBlock, long timeoutNanos) {
      packets.deliver();
    }

    @Override
    public void poll() {
      packets.deliver();
    }

    @Override
    public void wakeup() {
      // Nobody sleeps: the simulation asks every CPU again after each step.
    }
  }
}
