package org.atoll.libposix;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a process that wait at a word of its memory, in the order in which they came.
 * Owner: the process's task.
 */
final class FutexQueues {

  private static final int STATE_VERSION = 1;

  /** One that waits; a thread waits once at most. */
  static final class Waiter {

    /** Its hart, which names the thread. */
    final int hart;

    /** Which of the wakes with a set of bits are for it. */
    final int bits;

    /** Where it waits; changed when it is requeued. */
    long address;

    /** The lock that it is to have when it goes on (FUTEX_WAIT_REQUEUE_PI, FUTEX_LOCK_PI), or 0. */
    final long lock;

    Waiter(int hart, long address, int bits, long lock) {
      this.hart = hart;
      this.address = address;
      this.bits = bits;
      this.lock = lock;
    }
  }

  private final List<Waiter> waiters = new ArrayList<>();

  /** A thread waits from now on, after all others. */
  void add(Waiter waiter) {
    waiters.add(waiter);
  }

  /** A thread waits no longer, if it did. */
  void remove(int hart) {
    waiters.removeIf(waiter -> waiter.hart == hart);
  }

  /** The first at an address whose bits are among these, or null. */
  @Nullable Waiter first(long address, int bits) {
    for (Waiter waiter : waiters) {
      if (waiter.address == address && (waiter.bits & bits) != 0) {
        return waiter;
      }
    }
    return null;
  }

  /** Takes the first at an address whose bits are among these, or null. */
  @Nullable Waiter take(long address, int bits) {
    Waiter first = first(address, bits);
    if (first != null) {
      waiters.remove(first);
    }
    return first;
  }

  /** Moves up to {@code count} from one address to the end of another's row; how many. */
  int requeue(long from, long to, int count) {
    List<Waiter> moved = new ArrayList<>();
    for (Iterator<Waiter> all = waiters.iterator(); all.hasNext() && moved.size() < count; ) {
      Waiter waiter = all.next();
      if (waiter.address == from) {
        if (from != to) {
          all.remove();
        }
        moved.add(waiter);
      }
    }
    if (from != to) {
      moved.forEach(waiter -> waiter.address = to);
      waiters.addAll(moved);
    }
    return moved.size();
  }

  /** The locks that threads wait for, each once. */
  long[] locks() {
    return waiters.stream()
        .mapToLong(waiter -> waiter.lock)
        .filter(l -> l != 0)
        .distinct()
        .toArray();
  }

  /** The child of a fork has no thread that waits. */
  void clear() {
    waiters.clear();
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION).writeInt(waiters.size());
    for (Waiter waiter : waiters) {
      out.writeInt(waiter.hart).writeLong(waiter.address).writeInt(waiter.bits);
      out.writeLong(waiter.lock);
    }
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    waiters.clear();
    for (int count = in.readInt(); count > 0; count--) {
      waiters.add(new Waiter(in.readInt(), in.readLong(), in.readInt(), in.readLong()));
    }
  }
}
