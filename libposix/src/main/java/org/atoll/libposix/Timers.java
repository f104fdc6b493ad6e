package org.atoll.libposix;

import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The process's timers: three of setitimer, and those of timer_create. Each is an alarm of the task
 * with the timer's number as its tag.
 *
 * <p>Owner: the process's task. Times are nanoseconds, of the monotonic clock or of CPU time.
 */
final class Timers {

  /** Alarm tag of a call that sleeps; above its 32 bits is the hart of its thread. */
  static final long SLEEP = 1;

  /** ITIMER_REAL; ITIMER_VIRTUAL and ITIMER_PROF follow. */
  static final int REAL = 2;

  static final int VIRTUAL = 3;
  static final int PROFILE = 4;

  /** RLIMIT_CPU. */
  static final int CPU_LIMIT = 5;

  private static final int FIRST_CREATED = 16;
  private static final int CREATED_MAX = 1024;
  private static final int STATE_VERSION = 3;

  /** One timer; {@code deadline} 0 is not armed. */
  static final class Timer {
    final int signal;
    final long value;
    final int clock;

    /** The thread that the signal is for, or 0: the process. */
    final int thread;

    /** The thread whose time it counts, if it counts that of one. */
    final int counted;

    long deadlineNanos;
    long intervalNanos;
    int overruns;

    Timer(int signal, long value, int clock) {
      this(signal, value, clock, 0, 0);
    }

    Timer(int signal, long value, int clock, int thread, int counted) {
      this.thread = thread;
      this.counted = counted;
      this.signal = signal;
      this.value = value;
      this.clock = clock;
    }
  }

  /** In the order of their numbers. */
  private final TreeMap<Integer, Timer> timers = new TreeMap<>();

  /** The monotonic clock when the process left its node. */
  private long leftAtNanos;

  /** One of the setitimer timers, made when it is first used. */
  Timer interval(int tag) {
    return timers.computeIfAbsent(
        tag,
        t ->
            switch (t) {
              case REAL -> new Timer(Signals.SIGALRM, 0, Times.CLOCK_MONOTONIC);
              case VIRTUAL -> new Timer(Signals.SIGVTALRM, 0, Clocks.USER_TIME);
              case PROFILE -> new Timer(Signals.SIGPROF, 0, Times.CLOCK_PROCESS_CPUTIME_ID);
              default -> new Timer(Signals.SIGXCPU, 0, Times.CLOCK_PROCESS_CPUTIME_ID);
            });
  }

  /** As timer_create: the timer's id from 0 on, or {@code -EAGAIN}. */
  int create(int signal, long value, int clock, int thread, int counted) {
    int tag = FIRST_CREATED;
    while (timers.containsKey(tag)) {
      tag++;
    }
    if (tag - FIRST_CREATED >= CREATED_MAX) {
      return -Errno.EAGAIN;
    }
    timers.put(tag, new Timer(signal, value, clock, thread, counted));
    return tag - FIRST_CREATED;
  }

  /** A timer of timer_create, or null. */
  @Nullable Timer created(int id) {
    return id < 0 || id >= CREATED_MAX ? null : timers.get(FIRST_CREATED + id);
  }

  /** The thread that the signal of an alarm is for, or 0. */
  int threadOf(int tag) {
    Timer timer = timers.get(tag);
    return timer == null ? 0 : timer.thread;
  }

  /** The alarm tag of a timer of timer_create. */
  static int tag(int id) {
    return FIRST_CREATED + id;
  }

  /** As timer_delete. */
  void delete(KernelCalls kernel, int id) {
    kernel.cancelAlarm(tag(id));
    timers.remove(tag(id));
  }

  /** exec deletes the timers of timer_create; those of setitimer stay. */
  void deleteCreated(KernelCalls kernel) {
    while (!timers.isEmpty() && timers.lastKey() >= FIRST_CREATED) {
      delete(kernel, timers.lastKey() - FIRST_CREATED);
    }
  }

  /** Nanoseconds that a timer still has to go, at least 1 while it is armed; 0 when it is not. */
  static long left(Clocks clocks, Timer timer) {
    long now = timer.deadlineNanos == 0 ? Clocks.NOTHING : now(clocks, timer);
    return now == Clocks.NOTHING ? 0 : Math.max(1, timer.deadlineNanos - now);
  }

  /** Arms a timer to go off in {@code delayNanos}; 0 disarms it. */
  void arm(Clocks clocks, int tag, Timer timer, long delayNanos, long interval) {
    timer.intervalNanos = interval;
    timer.overruns = 0;
    long now = now(clocks, timer);
    if (delayNanos == 0 || now == Clocks.NOTHING) {
      timer.deadlineNanos = 0;
      clocks.kernel().cancelAlarm(tag);
    } else {
      timer.deadlineNanos = saturatedAdd(now, delayNanos);
      clocks.kernel().setAlarm(tag, delayNanos);
    }
  }

  /**
   * Arms the alarm of RLIMIT_CPU, or disarms it: SIGXCPU when the soft limit is reached and every
   * second from then on.
   */
  void limitCpu(Clocks clocks, ResourceLimits limits) {
    long limitNanos = ResourceLimits.nanos(limits.soft(ResourceLimits.CPU));
    if (limitNanos == Long.MAX_VALUE && !timers.containsKey(CPU_LIMIT)) {
      return;
    }
    Timer timer = interval(CPU_LIMIT);
    long left = limitNanos - clocks.cpu().nanos(clocks.turn());
    long delay = limitNanos == Long.MAX_VALUE ? 0 : Math.max(1, left);
    arm(clocks, CPU_LIMIT, timer, delay, Times.NANOS_PER_SECOND);
  }

  /** An alarm went off: the signal to raise, or null when the timer has still to wait. */
  @Nullable SignalInfo expired(Clocks clocks, int tag) {
    Timer timer = timers.get(tag);
    if (timer == null || timer.deadlineNanos == 0) {
      return null;
    }
    KernelCalls kernel = clocks.kernel();
    long now = now(clocks, timer);
    if (now == Clocks.NOTHING) {
      timer.deadlineNanos = 0;
      return null;
    }
    if (now < timer.deadlineNanos) {
      kernel.setAlarm(tag, timer.deadlineNanos - now);
      return null;
    }
    if (timer.intervalNanos == 0) {
      timer.deadlineNanos = 0;
    } else {
      long missed = (now - timer.deadlineNanos) / timer.intervalNanos;
      timer.overruns = (int) Math.min(missed, Integer.MAX_VALUE);
      timer.deadlineNanos += (missed + 1) * timer.intervalNanos;
      kernel.setAlarm(tag, timer.deadlineNanos - now);
    }
    if (timer.signal == 0) {
      return null;
    }
    return tag < FIRST_CREATED
        ? SignalInfo.byKernel(timer.signal)
        : new SignalInfo(
            timer.signal, SignalInfo.SI_TIMER, tag - FIRST_CREATED, timer.overruns, timer.value);
  }

  /** The process is about to leave its node. */
  void leave(long nowNanos) {
    leftAtNanos = nowNanos;
  }

  /** The process is on another node, with another monotonic clock: arms every alarm anew. */
  void arrive(Clocks clocks) {
    long passed = clocks.kernel().nowNanos() - leftAtNanos;
    timers.forEach((tag, timer) -> {
      if (timer.deadlineNanos != 0) {
        if (!Clocks.countsCpuTime(timer.clock)) {
          timer.deadlineNanos = saturatedAdd(timer.deadlineNanos, passed);
        }
        clocks.kernel().setAlarm(tag, Math.max(1, left(clocks, timer)));
      }
    });
  }

  /** The child of a fork has no timers. */
  void clear() {
    timers.clear();
  }

  static long saturatedAdd(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0 ? Long.MAX_VALUE : sum;
  }

  private static long now(Clocks clocks, Timer timer) {
    return clocks.now(timer.clock, timer.counted);
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION).writeLong(leftAtNanos).writeInt(timers.size());
    timers.forEach((tag, timer) ->
        out.writeInt(tag)
            .writeInt(timer.signal)
            .writeLong(timer.value)
            .writeInt(timer.clock)
            .writeInt(timer.thread)
            .writeInt(timer.counted)
            .writeLong(timer.deadlineNanos)
            .writeLong(timer.intervalNanos)
            .writeInt(timer.overruns));
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    leftAtNanos = in.readLong();
    timers.clear();
    for (int count = in.readInt(); count > 0; count--) {
      int tag = in.readInt();
      Timer timer =
          new Timer(in.readInt(), in.readLong(), in.readInt(), in.readInt(), in.readInt());
      timer.deadlineNanos = in.readLong();
      timer.intervalNanos = in.readLong();
      timer.overruns = in.readInt();
      timers.put(tag, timer);
    }
  }
}
