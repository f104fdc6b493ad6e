package org.atoll.servers.vfs;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * The timer behind a timerfd(2). As on Linux, one with an interval rests after it went off until
 * somebody asks how often it would have, so that a short one costs nothing while nobody reads.
 *
 * <p>Times are nanoseconds, of VFS's monotonic clock or of the wall's.
 */
final class Timer extends Source {

  static final int REALTIME = 0;
  static final int MONOTONIC = 1;

  /** CLOCK_REALTIME or CLOCK_MONOTONIC, whose time CLOCK_BOOTTIME's is. */
  private int clock;

  /** Whether the deadline is one of the wall's clock. */
  private boolean byWall;

  /** When it goes off; 0: not set. */
  private long deadline;

  private long interval;

  /** It went off, and with an interval rests. */
  private boolean expired;

  private long ticks;

  Timer(long id, int clock) {
    super(id, Kind.TIMER);
    this.clock = clock;
  }

  /** Tags of alarms: below those of others in VFS. */
  static long alarm(long id) {
    return Long.MIN_VALUE + id;
  }

  /** Whether an alarm is that of a timer. */
  static boolean isAlarm(long tag) {
    return tag < Long.MIN_VALUE >> 1;
  }

  static long sourceOf(long tag) {
    return tag - Long.MIN_VALUE;
  }

  private long now(KernelCalls kernel) {
    return byWall ? kernel.wallNanos() : kernel.nowNanos();
  }

  /**
   * Sets it, or with value 0 no longer.
   *
   * @param absolute whether value is a time of its clock
   * @param callersNow the monotonic clock of who sets it
   */
  void set(KernelCalls kernel, long value, long period, boolean absolute, long callersNow) {
    kernel.cancelAlarm(alarm(id));
    byWall = absolute && clock == REALTIME;
    interval = period;
    expired = false;
    ticks = 0;
    long delay = absolute && !byWall ? value - callersNow : value;
    deadline = value == 0 ? 0 : byWall ? value : sum(now(kernel), delay);
    if (value != 0) {
      wait(kernel);
    }
  }

  private static long sum(long now, long delay) {
    long sum = now + delay;
    return Math.max(1, delay > 0 && sum < now ? Long.MAX_VALUE : sum);
  }

  private void wait(KernelCalls kernel) {
    kernel.setAlarm(alarm(id), Math.max(0, deadline - now(kernel)));
  }

  /** Its alarm went off; whether it is ready that was not before. */
  boolean alarm(KernelCalls kernel) {
    if (deadline == 0 || expired) {
      return false;
    }
    if (now(kernel) < deadline) {
      wait(kernel);
      return false;
    }
    expired = true;
    ticks++;
    return true;
  }

  /** One that rests goes on; what it missed meanwhile counts. */
  void goOn(KernelCalls kernel) {
    if (!expired || interval == 0) {
      return;
    }
    long missed = Math.max(0, now(kernel) - deadline) / interval;
    ticks += missed;
    deadline += (missed + 1) * interval;
    expired = false;
    wait(kernel);
  }

  /** How often it went off since it was asked last, which it is no longer. */
  long take() {
    long taken = ticks;
    ticks = 0;
    return taken;
  }

  boolean hasTicks() {
    return ticks != 0;
  }

  /** Nanoseconds to go, at least 1 while it is set. */
  long left(KernelCalls kernel) {
    boolean over = deadline == 0 || expired && interval == 0;
    return over ? 0 : Math.max(1, deadline - now(kernel));
  }

  long interval() {
    return interval;
  }

  @Override
  int ready(long pending) {
    return ticks == 0 ? 0 : Readiness.IN;
  }

  @Override
  void saveOwn(StateWriter out) {
    out.writeInt(clock).writeBoolean(byWall).writeLong(deadline).writeLong(interval);
    out.writeBoolean(expired).writeLong(ticks);
  }

  @Override
  void loadOwn(StateReader in) {
    clock = in.readInt();
    byWall = in.readBoolean();
    deadline = in.readLong();
    interval = in.readLong();
    expired = in.readBoolean();
    ticks = in.readLong();
  }
}
