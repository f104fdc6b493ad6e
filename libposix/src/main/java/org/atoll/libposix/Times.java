package org.atoll.libposix;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libposix.layout.LittleEndian;
import org.atoll.libposix.layout.TimeValue;
import org.atoll.libposix.layout.Usage;

/** Clocks, sleeping, and the time that processes took. */
final class Times {

  static final int CLOCK_REALTIME = 0;
  static final int CLOCK_MONOTONIC = 1;
  static final int CLOCK_PROCESS_CPUTIME_ID = 2;
  static final int CLOCK_THREAD_CPUTIME_ID = 3;
  private static final int CLOCK_MONOTONIC_RAW = 4;
  private static final int CLOCK_REALTIME_COARSE = 5;
  private static final int CLOCK_MONOTONIC_COARSE = 6;
  private static final int CLOCK_BOOTTIME = 7;
  private static final int CLOCK_TAI = 11;

  static final long NANOS_PER_SECOND = 1_000_000_000;

  /** Unit of times(2) (AT_CLKTCK). */
  static final int TICKS_PER_SECOND = 100;

  private static final long NANOS_PER_TICK = NANOS_PER_SECOND / TICKS_PER_SECOND;
  private static final int TIMER_ABSTIME = 1;
  private static final int RUSAGE_CHILDREN = -1;
  private static final int RUSAGE_THREAD = 1;

  /** Step of getrusage: PM has said what time was used; before, VM is asked for memory. */
  private static final int TIMES_KNOWN = 2;

  /** Word of getrusage: the most memory that the process has had. */
  private static final int RESIDENT_MAX_KIB = 0;

  /** Bits of a clock id below its process or thread: what it counts (3: no CPU clock), of whom. */
  private static final int CPU_CLOCK_KIND = 3;

  private static final int CPU_CLOCK_OF_THREAD = 4;

  private Times() {}

  static void rows(Table t) {
    t.partial(113, "clock_gettime", "clock:clock time:>timespec", "dynamic clocks", Times::gettime);
    t.partial(
        114, "clock_getres", "clock:clock resolution:>timespec", "dynamic clocks", Times::getres);
    t.full(101, "nanosleep", "time:timespec left:>addr", Interruption.RESUMES, Times::nanosleep);
    t.full(
        115,
        "clock_nanosleep",
        "clock:clock flags:timer-flags time:timespec left:>addr",
        Interruption.RESUMES,
        Times::clockNanosleep);
    t.full(169, "gettimeofday", "time:>timeval zone:addr", Times::gettimeofday);
    String notSet = "the host's clock cannot be set: EPERM";
    t.refused(112, "clock_settime", notSet, Errno.EPERM);
    t.refused(170, "settimeofday", notSet, Errno.EPERM);
    t.full(153, "times", "buffer:>tms", Times::times);
    t.partial(
        165,
        "getrusage",
        "who:rusage-who usage:>rusage",
        "faults, blocks and the own resident set are 0; switches are the process's",
        Times::getrusage);
  }

  /** The time of a clock, or {@code -EINVAL}; no clock is before its beginning. */
  static long now(Call c, int clock) {
    KernelCalls kernel = c.kernel();
    return switch (clock) {
      case CLOCK_REALTIME, CLOCK_REALTIME_COARSE, CLOCK_TAI -> kernel.wallNanos();
      case CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_MONOTONIC_COARSE, CLOCK_BOOTTIME ->
          kernel.nowNanos();
      case CLOCK_PROCESS_CPUTIME_ID -> c.process().cpu.nanos(c.turn());
      case CLOCK_THREAD_CPUTIME_ID -> c.threads().cpuNanosOf(c.turn(), c.thread());
      default -> cpuNanos(c, clock);
    };
  }

  /**
   * The CPU time of this process (clock_getcpuclockid) or of one of its threads
   * (pthread_getcpuclockid), as the clock id says; {@code -EINVAL} for another one's.
   */
  private static long cpuNanos(Call c, int clock) {
    int id = ~(clock >> 3);
    if (clock >= 0 || (clock & CPU_CLOCK_KIND) == CPU_CLOCK_KIND || id < 0) {
      return -Errno.EINVAL;
    }
    if ((clock & CPU_CLOCK_OF_THREAD) == 0) {
      boolean own = id == 0 || id == c.process().pid;
      return own ? c.process().cpu.nanos(c.turn()) : -Errno.EINVAL;
    }
    PosixThread thread = id == 0 ? c.threads().current() : c.threads().byId(id);
    return thread == null ? -Errno.EINVAL : c.threads().cpuNanosOf(c.turn(), thread.state);
  }

  /** The clock that is meant: one of CPU time by the process's or thread's own number. */
  static int kindOf(int clock) {
    if (clock >= 0) {
      return clock;
    }
    boolean ofThread = (clock & CPU_CLOCK_OF_THREAD) != 0;
    return ofThread ? CLOCK_THREAD_CPUTIME_ID : CLOCK_PROCESS_CPUTIME_ID;
  }

  /** The thread whose CPU time a known clock shows, or 0. */
  static int threadOf(Call c, int clock) {
    if (kindOf(clock) != CLOCK_THREAD_CPUTIME_ID) {
      return 0;
    }
    int id = clock < 0 ? ~(clock >> 3) : 0;
    return id == 0 ? c.thread().id : id;
  }

  private static long gettime(Call c) {
    long now = now(c, c.intArg(0));
    if (now < 0) {
      return now;
    }
    c.guest().write(c.arg(1), TimeValue.of(now));
    return 0;
  }

  private static long getres(Call c) {
    if (now(c, c.intArg(0)) < 0) {
      return -Errno.EINVAL;
    }
    if (c.arg(1) != 0) {
      c.guest().write(c.arg(1), TimeValue.of(1));
    }
    return 0;
  }

  private static long gettimeofday(Call c) {
    if (c.arg(0) != 0) {
      c.guest().write(c.arg(0), TimeValue.micros(c.kernel().wallNanos()));
    }
    if (c.arg(1) != 0) {
      c.guest().write(c.arg(1), new byte[8]);
    }
    return 0;
  }

  private static long nanosleep(Call c) {
    return sleep(c, CLOCK_MONOTONIC, 0, c.arg(0), c.arg(1));
  }

  private static long clockNanosleep(Call c) {
    int clock = c.intArg(0);
    boolean sleepable =
        switch (clock) {
          case CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME, CLOCK_TAI -> true;
          default -> false;
        };
    if (!sleepable) {
      boolean known = now(c, clock) >= 0 && clock != CLOCK_THREAD_CPUTIME_ID;
      return known ? -Errno.EOPNOTSUPP : -Errno.EINVAL;
    }
    return sleep(c, clock, c.intArg(1), c.arg(2), c.arg(3));
  }

  /** Word 0 keeps the end of the sleep, of the monotonic clock; word 1 that it has begun. */
  private static long sleep(Call c, int clock, int flags, long request, long left) {
    long now = c.kernel().nowNanos();
    boolean absolute = (flags & TIMER_ABSTIME) != 0;
    if (c.word(1) == 0) {
      long time = TimeValue.nanos(c.guest().read(request, TimeValue.BYTES), 0);
      if (time == TimeValue.INVALID) {
        return -Errno.EINVAL;
      }
      c.word(0, end(c, now, absolute ? time - now(c, clock) : time));
      c.word(1, 1);
    }
    if (now >= c.word(0)) {
      return 0;
    }
    if (c.signalled()) {
      return interrupted(c, now, absolute, left);
    }
    c.sleep(c.word(0) - now);
    return c.untilEvent();
  }

  /** When a wait is over that has just begun, or goes on after a stop. */
  static long end(Call c, long now, long delay) {
    long resumed = c.thread().resumeAtNanos;
    return resumed != 0 ? resumed : Timers.saturatedAdd(now, delay);
  }

  private static long interrupted(Call c, long now, boolean absolute, long left) {
    c.cancelSleep();
    if (absolute) {
      return Interruption.FAILS.code;
    }
    if (left != 0) {
      c.guest().write(left, TimeValue.of(c.word(0) - now));
    }
    c.thread().resumeAtNanos = c.word(0);
    return Interruption.RESUMES.code;
  }

  private static long times(Call c) {
    if (c.arg(0) == 0) {
      return c.kernel().nowNanos() / NANOS_PER_TICK;
    }
    if (c.step() == 0) {
      return c.ask(Role.PM, PmProtocol.Call.WAIT_USAGE.encode(c.message(), 0));
    }
    byte[] times = new byte[32];
    for (int i = 0; i < 4; i++) {
      LittleEndian.putLong(times, 8 * i, c.answer(i) / NANOS_PER_TICK);
    }
    c.guest().write(c.arg(0), times);
    return c.kernel().nowNanos() / NANOS_PER_TICK;
  }

  private static long getrusage(Call c) {
    int who = c.intArg(0);
    if (who < RUSAGE_CHILDREN || who > RUSAGE_THREAD) {
      return -Errno.EINVAL;
    }
    if (c.step() == 0 && who != RUSAGE_CHILDREN) {
      return c.ask(Role.VM, VmProtocol.Call.INFO.encode(c.message(), Endpoint.NONE));
    }
    if (c.step() < TIMES_KNOWN) {
      c.word(RESIDENT_MAX_KIB, c.step() == 0 ? 0 : c.answer(3) / 1024);
      c.nextStep(TIMES_KNOWN);
      long children = who == RUSAGE_CHILDREN ? 1 : 0;
      return c.ask(Role.PM, PmProtocol.Call.WAIT_USAGE.encode(c.message(), children));
    }
    byte[] usage =
        switch (who) {
          case RUSAGE_CHILDREN -> Usage.of(c.answer(2), c.answer(3), c.answer(4));
          case RUSAGE_THREAD -> ofThread(c);
          default -> Usage.of(c.answer(0), c.answer(1), c.word(RESIDENT_MAX_KIB));
        };
    Usage.switches(usage, c.answer(5), c.answer(6));
    c.guest().write(c.arg(1), usage);
    return 0;
  }

  private static byte[] ofThread(Call c) {
    long all = c.threads().cpuNanosOf(c.turn(), c.thread());
    long user = c.threads().userNanosOf(c.turn(), c.thread());
    return Usage.of(user, all - user, c.word(RESIDENT_MAX_KIB));
  }
}
