package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.libposix.layout.TimeValue;

/**
 * Futexes (futex(2)): threads that wait at a word of memory until another wakes them. Those of one
 * process are its own affair and cost no message.
 */
final class Futexes {

  private static final int WAIT = 0;
  private static final int WAKE = 1;
  private static final int REQUEUE = 3;
  private static final int CMP_REQUEUE = 4;
  private static final int WAKE_OP = 5;
  private static final int LOCK_PI = 6;
  private static final int UNLOCK_PI = 7;
  private static final int TRYLOCK_PI = 8;
  private static final int WAIT_BITSET = 9;
  private static final int WAKE_BITSET = 10;
  private static final int WAIT_REQUEUE_PI = 11;
  private static final int CMP_REQUEUE_PI = 12;
  private static final int LOCK_PI2 = 13;
  private static final int COMMAND_MASK = 0x7f;
  private static final int CLOCK_REALTIME = 0x100;

  /** The system call. */
  static final int NUMBER = 98;

  /** The bits of a wait or wake that names none. */
  static final int ANY_BITS = -1;

  /** Word of a wait: its deadline, of the monotonic clock. */
  private static final int DEADLINE = 0;

  /** Word of a wait: how far it is. */
  private static final int STATE = 1;

  private static final int BEGUN = 1;
  private static final int WOKEN = 2;

  private Futexes() {}

  static void rows(Table t) {
    t.partial(
        NUMBER,
        "futex",
        "address:addr operation:futex value:futex-value timeout:futex-timeout second:futex-second third:futex-third",
        "priorities are not inherited; FUTEX_WAIT_REQUEUE_PI between processes: ENOSYS",
        Interruption.RESTARTS,
        Futexes::futex);
  }

  private static long futex(Call c) {
    int command = c.intArg(1) & COMMAND_MASK;
    boolean wall = (c.intArg(1) & CLOCK_REALTIME) != 0;
    boolean clocks = command == WAIT_BITSET || command == WAIT_REQUEUE_PI || command == LOCK_PI2;
    if (wall && !clocks) {
      return -Errno.ENOSYS;
    }
    if ((c.arg(0) & 3) != 0) {
      return -Errno.EINVAL;
    }
    return switch (command) {
      case WAIT -> await(c, ANY_BITS, 0);
      case WAIT_BITSET -> c.intArg(5) == 0 ? -Errno.EINVAL : await(c, c.intArg(5), 0);
      case WAKE -> wake(c, ANY_BITS);
      case WAKE_BITSET -> c.intArg(5) == 0 ? -Errno.EINVAL : wake(c, c.intArg(5));
      case REQUEUE -> requeue(c);
      case CMP_REQUEUE ->
          c.step() == 1 || c.guest().getInt(c.arg(0)) == c.intArg(5) ? requeue(c) : -Errno.EAGAIN;
      case WAKE_OP -> wakeOperation(c);
      case LOCK_PI -> PriorityFutexes.lock(c, true);
      case LOCK_PI2 -> PriorityFutexes.lock(c, wall);
      case TRYLOCK_PI -> PriorityFutexes.tryLock(c);
      case UNLOCK_PI -> PriorityFutexes.unlock(c);
      case WAIT_REQUEUE_PI -> second(c) == c.arg(0) ? -Errno.EINVAL : await(c, ANY_BITS, second(c));
      case CMP_REQUEUE_PI -> PriorityFutexes.requeue(c, second(c));
      default -> -Errno.ENOSYS;
    };
  }

  /** The address of the second word. Fails with EINVAL. */
  private static long second(Call c) {
    if ((c.arg(4) & 3) != 0) {
      throw new Failure(Errno.EINVAL);
    }
    return c.arg(4);
  }

  // ---- waiting

  /** Waits unless the word has changed; with a lock, that is the thread's when it goes on. */
  private static long await(Call c, int bits, long lock) {
    if (c.step() == 1) {
      return SharedFutexes.awaited(c);
    }
    if (c.word(STATE) == 0) {
      boolean absolute = (c.intArg(1) & COMMAND_MASK) != WAIT;
      boolean wall = (c.intArg(1) & CLOCK_REALTIME) != 0;
      long deadline = deadline(c, absolute, wall);
      if (c.guest().getInt(c.arg(0)) != c.intArg(2)) {
        return -Errno.EAGAIN;
      }
      if (SharedFutexes.concerns(c, c.arg(0))) {
        c.word(DEADLINE, deadline);
        return lock == 0 ? SharedFutexes.await(c, bits) : -Errno.ENOSYS;
      }
      begin(c, deadline, bits, lock);
    }
    return goOn(c, Interruption.RESTARTS.code);
  }

  /** When a wait ends whose timeout is argument 3. Fails with EFAULT, EINVAL. */
  static long deadline(Call c, boolean absolute, boolean wall) {
    if (c.arg(3) == 0) {
      return Long.MAX_VALUE;
    }
    long time = TimeValue.nanos(c.guest().read(c.arg(3), TimeValue.BYTES), 0);
    if (time == TimeValue.INVALID) {
      throw new Failure(Errno.EINVAL);
    }
    long now = c.kernel().nowNanos();
    if (!absolute) {
      return Times.end(c, now, time);
    }
    return Timers.saturatedAdd(now, time - (wall ? c.kernel().wallNanos() : now));
  }

  /** The thread waits from now on. */
  static void begin(Call c, long deadline, int bits, long lock) {
    c.word(DEADLINE, deadline);
    c.word(STATE, BEGUN);
    int hart = c.thread().hart;
    c.process().futexes.add(new FutexQueues.Waiter(hart, c.arg(0), bits, lock));
  }

  /** Whether the call has begun to wait. */
  static boolean waits(Call c) {
    return c.word(STATE) != 0;
  }

  /**
   * A wait that has begun goes on, or ends: it was woken, its time is over, a signal came.
   *
   * @param interrupted what a signal makes of a wait without timeout
   */
  static long goOn(Call c, int interrupted) {
    if (c.word(STATE) == WOKEN) {
      return ended(c, 0);
    }
    long now = c.kernel().nowNanos();
    if (now >= c.word(DEADLINE)) {
      return ended(c, -Errno.ETIMEDOUT);
    }
    if (c.signalled()) {
      boolean waits = interrupted == Interruption.RESTARTS.code;
      return ended(c, waits ? interrupted(c) : interrupted);
    }
    startClock(c);
    return c.untilEvent();
  }

  /** Sees to it that the wait ends in time, if it has one. */
  static void startClock(Call c) {
    if (c.word(DEADLINE) != Long.MAX_VALUE) {
      c.sleep(Math.max(0, c.word(DEADLINE) - c.kernel().nowNanos()));
    }
  }

  /** Keeps when a wait ends. */
  static void deadline(Call c, long deadline) {
    c.word(DEADLINE, deadline);
  }

  /** What a wait for a lock answers that was ended: it is made again after any signal. */
  static long lockInterrupted(Call c) {
    boolean over = c.kernel().nowNanos() >= c.word(DEADLINE);
    return over ? -Errno.ETIMEDOUT : Interruption.AGAIN;
  }

  /** What a wait answers that was ended by its time or by a signal. */
  static long interrupted(Call c) {
    if (c.word(DEADLINE) == Long.MAX_VALUE) {
      return Interruption.RESTARTS.code;
    }
    if (c.kernel().nowNanos() >= c.word(DEADLINE)) {
      return -Errno.ETIMEDOUT;
    }
    c.thread().resumeAtNanos = c.word(DEADLINE);
    return Interruption.RESUMES.code;
  }

  private static long ended(Call c, long result) {
    c.process().futexes.remove(c.thread().hart);
    c.cancelSleep();
    return result;
  }

  // ---- waking

  /** A waiter that was taken from its row goes on. */
  static void resume(Call c, FutexQueues.Waiter waiter) {
    PosixThread thread = c.threads().byHart(waiter.hart);
    if (thread != null) {
      thread.call.word(STATE, WOKEN);
      c.threads().disturb(thread);
    }
  }

  /** Wakes the first that waits at an address, which is present. */
  static void wakeOne(Call c, long address) {
    if (SharedFutexes.concerns(c, address)) {
      SharedFutexes.tell(c, address, 1, ANY_BITS);
    } else {
      wake(c, address, 1, ANY_BITS);
    }
  }

  private static long wake(Call c, int bits) {
    if (c.step() == 1) {
      return c.answer(0);
    }
    if (!SharedFutexes.isPrivate(c)) {
      c.guest().readable(c.arg(0), 4);
    }
    if (SharedFutexes.concerns(c, c.arg(0))) {
      return SharedFutexes.wake(c, c.arg(0), c.intArg(2), bits);
    }
    return wake(c, c.arg(0), c.intArg(2), bits);
  }

  /** Wakes up to {@code most}, at least one, as Linux does. */
  private static int wake(Call c, long address, int most, int bits) {
    int woken = 0;
    do {
      FutexQueues.Waiter waiter = c.process().futexes.take(address, bits);
      if (waiter == null) {
        return woken;
      }
      resume(c, waiter);
      woken++;
    } while (woken < most);
    return woken;
  }

  private static long requeue(Call c) {
    if (c.step() == 1) {
      return c.answer(0);
    }
    int most = c.intArg(2);
    int moved = c.intArg(3);
    if (most < 0 || moved < 0) {
      return -Errno.EINVAL;
    }
    c.guest().readable(c.arg(0), 4);
    c.guest().readable(second(c), 4);
    if (SharedFutexes.concerns(c, c.arg(0))) {
      return SharedFutexes.requeue(c, second(c));
    }
    long woken = most == 0 ? 0 : wake(c, c.arg(0), most, ANY_BITS);
    return woken + c.process().futexes.requeue(c.arg(0), second(c), moved);
  }

  /**
   * Changes the second word, wakes at the first, and at the second if its old value was so. Words:
   * what was woken at the first; whether the second is to come.
   */
  private static long wakeOperation(Call c) {
    if (c.step() == 0) {
      FutexOperation operation = new FutexOperation(c.intArg(5));
      c.guest().readable(c.arg(0), 4);
      int old = c.guest().getInt(second(c));
      boolean both = operation.holds(old);
      c.guest().putInt(second(c), operation.result(old));
      c.word(1, both ? 1 : 0);
      if (SharedFutexes.concerns(c, c.arg(0))) {
        return SharedFutexes.wake(c, c.arg(0), c.intArg(2), ANY_BITS);
      }
      c.word(0, wake(c, c.arg(0), c.intArg(2), ANY_BITS));
    } else {
      c.word(0, c.word(0) + Math.max(0, c.answer(0)));
    }
    if (c.word(1) == 0) {
      return c.word(0);
    }
    c.word(1, 0);
    if (SharedFutexes.concerns(c, second(c))) {
      return SharedFutexes.wake(c, second(c), c.intArg(3), ANY_BITS);
    }
    return c.word(0) + wake(c, second(c), c.intArg(3), ANY_BITS);
  }
}
