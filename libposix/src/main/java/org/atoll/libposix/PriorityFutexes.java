package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Futexes that are locks whose word names the owner (futex(2), "Priority-inheritance futexes"). The
 * lock goes from owner to waiter without being free in between. Of a lock in memory that processes
 * share, VM has the rows. All threads have the same priority, so that there is none to inherit.
 */
final class PriorityFutexes {

  private PriorityFutexes() {}

  /** LOCK_PI, LOCK_PI2. */
  static long lock(Call c, boolean wall) {
    if (c.step() == 1) {
      return SharedFutexes.locked(c);
    }
    if (!Futexes.waits(c)) {
      long deadline = Futexes.deadline(c, true, wall);
      int value = value(c);
      if (SharedFutexes.concerns(c, c.arg(0))) {
        Futexes.deadline(c, deadline);
        return SharedFutexes.lock(c);
      }
      long result = take(c, value);
      if (result != -Errno.EAGAIN) {
        return result;
      }
      c.guest().putInt(c.arg(0), value | FutexWord.WAITERS);
      Futexes.begin(c, deadline, Futexes.ANY_BITS, c.arg(0));
    }
    return Futexes.goOn(c, Interruption.AGAIN);
  }

  /** TRYLOCK_PI. */
  static long tryLock(Call c) {
    int value = value(c);
    return SharedFutexes.concerns(c, c.arg(0)) ? SharedFutexes.tryLock(c) : take(c, value);
  }

  /** The word of the lock, which may be written. Fails with EFAULT. */
  private static int value(Call c) {
    c.guest().writable(c.arg(0), Integer.BYTES);
    return c.guest().getInt(c.arg(0));
  }

  /** Takes a lock that is free; EAGAIN when it is not. */
  private static long take(Call c, int value) {
    int owner = value & FutexWord.OWNER;
    if (owner == c.thread().id) {
      return -Errno.EDEADLK;
    }
    if (owner == 0) {
      give(c, c.arg(0), c.thread().id, value & FutexWord.OWNER_DIED);
      return 0;
    }
    return c.threads().byId(owner) == null ? -Errno.ESRCH : -Errno.EAGAIN;
  }

  /** UNLOCK_PI. */
  static long unlock(Call c) {
    int value = value(c);
    if ((value & FutexWord.OWNER) != c.thread().id) {
      return -Errno.EPERM;
    }
    if (SharedFutexes.concerns(c, c.arg(0))) {
      return SharedFutexes.unlock(c);
    }
    pass(c, c.arg(0), 0);
    return 0;
  }

  /** The owner of a lock is over: the first that waits has it, and is told. */
  static void ownerDied(Call c, long address) {
    if (SharedFutexes.concerns(c, address)) {
      SharedFutexes.tellLeft(c, address);
    } else {
      pass(c, address, FutexWord.OWNER_DIED);
    }
  }

  /** A thread that ends and left locks out of its list: those that wait for them have them. */
  static void leave(Call c, ThreadState thread) {
    for (long lock : c.process().futexes.locks()) {
      if ((c.guest().getInt(lock) & FutexWord.OWNER) == thread.id) {
        ownerDied(c, lock);
      }
    }
  }

  private static void pass(Call c, long address, int died) {
    c.guest().writable(address, 4);
    PosixThread heir = heir(c, c.process().futexes.take(address, Futexes.ANY_BITS));
    if (heir == null) {
      c.guest().putInt(address, died);
    } else {
      give(c, address, heir.state.id, died);
    }
  }

  private static @Nullable PosixThread heir(Call c, FutexQueues.@Nullable Waiter waiter) {
    if (waiter == null) {
      return null;
    }
    Futexes.resume(c, waiter);
    return c.threads().byHart(waiter.hart);
  }

  private static void give(Call c, long address, int owner, int died) {
    boolean more = c.process().futexes.first(address, Futexes.ANY_BITS) != null;
    c.guest().putInt(address, owner | died | (more ? FutexWord.WAITERS : 0));
  }

  /** CMP_REQUEUE_PI: one has the lock if it is free, the others wait for it. */
  static long requeue(Call c, long lock) {
    int moved = c.intArg(3);
    if (c.intArg(2) != 1 || moved < 0 || lock == c.arg(0)) {
      return -Errno.EINVAL;
    }
    if (c.guest().getInt(c.arg(0)) != c.intArg(5)) {
      return -Errno.EAGAIN;
    }
    int value = c.guest().getInt(lock);
    c.guest().writable(lock, 4);
    FutexQueues queues = c.process().futexes;
    FutexQueues.Waiter first = queues.first(c.arg(0), Futexes.ANY_BITS);
    if (first == null) {
      return 0;
    }
    if (first.lock != lock) {
      return -Errno.EINVAL;
    }
    int woken = 0;
    if ((value & FutexWord.OWNER) == 0) {
      PosixThread owner = heir(c, queues.take(c.arg(0), Futexes.ANY_BITS));
      value = value & FutexWord.OWNER_DIED | (owner == null ? 0 : owner.state.id);
      woken = 1;
    }
    long waiting = queues.requeue(c.arg(0), lock, woken == 0 ? saturated(moved) : moved);
    c.guest().putInt(lock, waiting > 0 ? value | FutexWord.WAITERS : value);
    return woken + waiting;
  }

  /** With the one that would have been woken. */
  private static int saturated(int moved) {
    return moved == Integer.MAX_VALUE ? moved : moved + 1;
  }
}
