package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.libposix.layout.LittleEndian;
import org.atoll.libposix.layout.TimeValue;

/** Interval timers: setitimer and the timers of timer_create. */
final class TimerCalls {

  private static final int SPEC_BYTES = 32;
  private static final int EVENT_BYTES = 64;
  private static final int SIGEV_SIGNAL = 0;
  private static final int SIGEV_NONE = 1;
  private static final int SIGEV_THREAD_ID = 4;
  private static final int TIMER_ABSTIME = 1;
  private static final int ITIMER_PROF = 2;

  private TimerCalls() {}

  static void rows(Table t) {
    t.full(102, "getitimer", "which:itimer value:>itimerval", TimerCalls::getitimer);
    t.full(103, "setitimer", "which:itimer new:itimerval old:>itimerval", TimerCalls::setitimer);
    t.full(107, "timer_create", "clock:clock event:addr id:>int-at", TimerCalls::create);
    t.full(108, "timer_gettime", "id value:>itimerspec", TimerCalls::gettime);
    t.full(109, "timer_getoverrun", "id", c -> timer(c).overruns);
    t.full(
        110,
        "timer_settime",
        "id flags:timer-flags new:itimerspec old:>itimerspec",
        TimerCalls::settime);
    t.full(111, "timer_delete", "id", TimerCalls::delete);
  }

  // ---- setitimer

  private static int tag(Call c) {
    int which = c.intArg(0);
    if (which < 0 || which > ITIMER_PROF) {
      throw new Failure(Errno.EINVAL);
    }
    return Timers.REAL + which;
  }

  private static long getitimer(Call c) {
    c.guest().write(c.arg(1), micros(c, timers(c).interval(tag(c))));
    return 0;
  }

  private static long setitimer(Call c) {
    Timers.Timer timer = timers(c).interval(tag(c));
    byte[] spec = c.arg(1) == 0 ? new byte[SPEC_BYTES] : c.guest().read(c.arg(1), SPEC_BYTES);
    long interval = TimeValue.microsAsNanos(spec, 0);
    long delay = TimeValue.microsAsNanos(spec, TimeValue.BYTES);
    if (interval == TimeValue.INVALID || delay == TimeValue.INVALID) {
      return -Errno.EINVAL;
    }
    if (c.arg(2) != 0) {
      c.guest().write(c.arg(2), micros(c, timer));
    }
    timers(c).arm(Clocks.of(c), tag(c), timer, delay, interval);
    return 0;
  }

  private static byte[] micros(Call c, Timers.Timer timer) {
    byte[] spec = new byte[SPEC_BYTES];
    TimeValue.putMicros(spec, 0, timer.intervalNanos);
    long left = Timers.left(Clocks.of(c), timer);
    TimeValue.putMicros(spec, TimeValue.BYTES, left == 0 ? 0 : Math.max(left, 1_000));
    return spec;
  }

  // ---- timer_create

  private static Timers timers(Call c) {
    return c.process().timers;
  }

  private static Timers.Timer timer(Call c) {
    Timers.Timer timer = timers(c).created(c.intArg(0));
    if (timer == null) {
      throw new Failure(Errno.EINVAL);
    }
    return timer;
  }

  private static long create(Call c) {
    int clock = c.intArg(0);
    if (Times.now(c, clock) < 0) {
      return -Errno.EINVAL;
    }
    c.guest().writable(c.arg(2), 4);
    int signal = Signals.SIGALRM;
    long value = 0;
    int thread = 0;
    if (c.arg(1) != 0) {
      byte[] event = c.guest().read(c.arg(1), EVENT_BYTES);
      value = LittleEndian.getLong(event, 0);
      signal = signal(c, event);
      boolean toThread = LittleEndian.getInt(event, 12) == SIGEV_THREAD_ID;
      thread = toThread ? LittleEndian.getInt(event, 16) : 0;
    }
    int counted = Times.threadOf(c, clock);
    int counter = Times.kindOf(clock);
    int id = timers(c).create(signal, value, counter, thread, counted);
    if (id >= 0) {
      if (c.arg(1) == 0) {
        timers(c).delete(c.kernel(), id);
        timers(c).create(signal, id, counter, 0, counted);
      }
      c.guest().putInt(c.arg(2), id);
    }
    return Math.min(id, 0);
  }

  /** The signal that the event asks for, 0 for none. Fails with EINVAL. */
  private static int signal(Call c, byte[] event) {
    int signal = LittleEndian.getInt(event, 8);
    int notify = LittleEndian.getInt(event, 12);
    boolean toThread = notify == SIGEV_THREAD_ID;
    if (notify == SIGEV_NONE) {
      return 0;
    }
    boolean known = notify == SIGEV_SIGNAL || toThread;
    boolean other = toThread && c.threads().byId(LittleEndian.getInt(event, 16)) == null;
    if (!known || other || signal < 1 || signal > Signals.COUNT) {
      throw new Failure(Errno.EINVAL);
    }
    return signal;
  }

  private static long gettime(Call c) {
    c.guest().write(c.arg(1), nanos(c, timer(c)));
    return 0;
  }

  private static byte[] nanos(Call c, Timers.Timer timer) {
    byte[] spec = new byte[SPEC_BYTES];
    TimeValue.put(spec, 0, timer.intervalNanos);
    long left = Timers.left(Clocks.of(c), timer);
    TimeValue.put(spec, TimeValue.BYTES, left);
    return spec;
  }

  private static long settime(Call c) {
    Timers.Timer timer = timer(c);
    byte[] spec = c.guest().read(c.arg(2), SPEC_BYTES);
    long interval = TimeValue.nanos(spec, 0);
    long delay = TimeValue.nanos(spec, TimeValue.BYTES);
    if (interval == TimeValue.INVALID || delay == TimeValue.INVALID) {
      return -Errno.EINVAL;
    }
    if (c.arg(3) != 0) {
      c.guest().write(c.arg(3), nanos(c, timer));
    }
    if (delay != 0 && (c.intArg(1) & TIMER_ABSTIME) != 0) {
      delay = Math.max(1, delay - now(c, timer));
    }
    int tag = Timers.tag(c.intArg(0));
    timers(c).arm(Clocks.of(c), tag, timer, delay, interval);
    return 0;
  }

  /** What its clock shows, which times are given by. */
  private static long now(Call c, Timers.Timer timer) {
    return Clocks.countsCpuTime(timer.clock)
        ? Clocks.of(c).now(timer.clock, timer.counted)
        : Times.now(c, timer.clock);
  }

  private static long delete(Call c) {
    timer(c);
    timers(c).delete(c.kernel(), c.intArg(0));
    return 0;
  }
}
