package org.atoll.libposix;

/**
 * The list of robust futexes that a thread holds, which it keeps in its memory: at its end each is
 * marked as left by a dead owner, and one waiter is woken (Linux, robust-futex-ABI).
 */
final class RobustList {

  /** Bytes of the head: first entry, offset of the futex in an entry, entry that is under way. */
  static final int HEAD_BYTES = 24;

  private static final int ENTRIES_MAX = 2048;

  private RobustList() {}

  /** Gives up what a thread holds. May run again from the start; a list that is broken ends it. */
  static void giveUp(Call c, ThreadState thread) {
    long head = thread.robustList;
    if (head != 0) {
      try {
        walk(c, thread, head);
      } catch (Failure broken) {
        // Linux, too, stops at the first word that is out of reach.
        thread.robustList = 0;
      }
      thread.robustList = 0;
    }
  }

  private static void walk(Call c, ThreadState thread, long head) {
    Guest guest = c.guest();
    long offset = guest.getLong(head + 8);
    long pending = guest.getLong(head + 16);
    long entry = guest.getLong(head);
    for (int i = 0; address(entry) != head && i < ENTRIES_MAX; i++) {
      long next = guest.getLong(address(entry));
      if (address(entry) != address(pending)) {
        giveUp(c, thread, address(entry) + offset, isPriority(entry), false);
      }
      entry = next;
    }
    if (address(pending) != 0) {
      giveUp(c, thread, address(pending) + offset, isPriority(pending), true);
    }
  }

  /** The lowest bit of an entry says that its futex inherits priorities. */
  private static long address(long entry) {
    return entry & ~1L;
  }

  private static boolean isPriority(long entry) {
    return (entry & 1) != 0;
  }

  private static void giveUp(
      Call c, ThreadState thread, long futex, boolean priority, boolean underWay) {
    if ((futex & 3) != 0) {
      return;
    }
    int value = c.guest().getInt(futex);
    if ((value & FutexWord.OWNER) != thread.id) {
      if (underWay && !priority && (value & FutexWord.OWNER) == 0) {
        Futexes.wakeOne(c, futex);
      }
      return;
    }
    c.guest().putInt(futex, value & FutexWord.WAITERS | FutexWord.OWNER_DIED);
    if (priority) {
      PriorityFutexes.ownerDied(c, futex);
    } else if ((value & FutexWord.WAITERS) != 0) {
      Futexes.wakeOne(c, futex);
    }
  }
}
