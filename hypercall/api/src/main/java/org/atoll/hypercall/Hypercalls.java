package org.atoll.hypercall;

import java.util.concurrent.atomic.AtomicLongArray;
import org.atoll.abi.Errno;

/**
 * The gate between guest and host: each hypercall is checked against the caller's rights and
 * counted.
 */
public final class Hypercalls {

  private final Host host;
  private final AtomicLongArray made = new AtomicLongArray(Hypercall.values().length);
  private final AtomicLongArray refused = new AtomicLongArray(Hypercall.values().length);

  public Hypercalls(Host host) {
    this.host = host;
  }

  /**
   * Whether a caller with these rights may make the call; counts it either way.
   *
   * @return 0 or {@code -EPERM}
   */
  public int enter(long rights, Hypercall call) {
    if ((rights & call.right()) == 0) {
      refused.incrementAndGet(call.ordinal());
      return -Errno.EPERM;
    }
    made.incrementAndGet(call.ordinal());
    return 0;
  }

  /** Calls made so far. */
  public long made(Hypercall call) {
    return made.get(call.ordinal());
  }

  /** Calls refused so far. */
  public long refused(Hypercall call) {
    return refused.get(call.ordinal());
  }

  /** Hypercall NULL. */
  public int nothing(long rights) {
    return enter(rights, Hypercall.NULL);
  }

  /** Hypercall CLOCK_MONOTONIC: see {@link Host#monotonicNanos}. */
  public long monotonicNanos(long rights) {
    int refusal = enter(rights, Hypercall.CLOCK_MONOTONIC);
    return refusal < 0 ? refusal : host.monotonicNanos();
  }

  /** Hypercall CLOCK_WALL: see {@link Host#wallNanos}. */
  public long wallNanos(long rights) {
    int refusal = enter(rights, Hypercall.CLOCK_WALL);
    return refusal < 0 ? refusal : host.wallNanos();
  }

  /** Hypercall RANDOM: see {@link Host#random}. */
  public int random(long rights, byte[] target, int offset, int bytes) {
    int refusal = enter(rights, Hypercall.RANDOM);
    if (refusal == 0) {
      host.random(target, offset, bytes);
    }
    return refusal;
  }

  /** Hypercall MEMORY_RESERVE: see {@link Host#reserveMemory}. */
  public long reserveMemory(long rights, long bytes) {
    int refusal = enter(rights, Hypercall.MEMORY_RESERVE);
    return refusal < 0 ? refusal : host.reserveMemory(bytes);
  }

  /** The wait of a CPU: the kernel's own, not a hypercall of a task. */
  public EventWait eventWait(int cpu) {
    return host.eventWait(cpu);
  }
}
