package org.atoll.hypercall.linux;

import java.time.Clock;
import java.time.Instant;
import org.atoll.abi.Errno;
import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.Host;

/** A Linux machine as the host of one node. Callable from any thread. */
public final class LinuxHost implements Host {

  private static final int RANDOM_BYTES = 4_096;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Libc libc;
  private final ReservedMemory memory;
  private final Clock clock = Clock.systemUTC();
  private final long startNanos;
  private final NativeBytes random = new NativeBytes(RANDOM_BYTES);
  private final EventWait[] waits;

  /** A host whose CPUs park when they are idle. */
  public LinuxHost(Libc libc, int cpus) {
    this(libc, cpus, new ParkingWait());
  }

  /** A host whose CPU 0 waits in {@code first}, the node's link; the others park. */
  public LinuxHost(Libc libc, int cpus, EventWait first) {
    this(libc, cpus, first, System.nanoTime());
  }

  /**
   * A host of a node of several.
   *
   * @param startNanos the {@link System#nanoTime} that the nodes of this machine count time from;
   *     it is one clock for all processes
   */
  public LinuxHost(Libc libc, int cpus, EventWait first, long startNanos) {
    this.libc = libc;
    memory = new ReservedMemory(libc);
    this.startNanos = startNanos;
    waits = new EventWait[cpus];
    waits[0] = first;
    for (int cpu = 1; cpu < cpus; cpu++) {
      waits[cpu] = new ParkingWait();
    }
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime() - startNanos;
  }

  @Override
  public long wallNanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }

  @Override
  public void random(byte[] target, int offset, int bytes) {
    synchronized (random) {
      int done = 0;
      while (done < bytes) {
        int got = libc.getrandom(random.address(), Math.min(bytes - done, RANDOM_BYTES));
        if (got < 0 && got != -Errno.EINTR) {
          throw new IllegalStateException("getrandom failed: " + Errno.name(-got));
        }
        int useful = Math.max(got, 0);
        random.get(target, offset + done, useful);
        done += useful;
      }
    }
  }

  @Override
  public long reserveMemory(long bytes) {
    return memory.reserve(bytes);
  }

  @Override
  public EventWait eventWait(int cpu) {
    return waits[cpu];
  }
}
