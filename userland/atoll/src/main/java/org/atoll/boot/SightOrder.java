package org.atoll.boot;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.atoll.libposix.Sight;

/**
 * Puts what happened on several nodes into the order of its times: it is held back for as long as
 * another node may need to tell of something earlier. One node's is handed on at once.
 */
final class SightOrder {

  /** How long something is held back. */
  private static final long DELAY_NANOS = 50_000_000;

  private record Held(Sight sight, long arrivedNanos, long number) {}

  private final Consumer<Sight> next;
  private final boolean holds;

  /** Guarded by this, as is the order of calls of {@link #next}. */
  private final PriorityQueue<Held> held =
      new PriorityQueue<>(
          Comparator.comparingLong((Held h) -> h.sight.nanos()).thenComparingLong(Held::number));

  private long number;
  private boolean closed;

  private SightOrder(boolean holds, Consumer<Sight> next) {
    this.holds = holds;
    this.next = next;
  }

  /** The order of a VOS with so many nodes. */
  static SightOrder of(int nodes, Consumer<Sight> next) {
    SightOrder order = new SightOrder(nodes > 1, next);
    if (order.holds) {
      Thread.ofPlatform().daemon().name("strace").start(order::release);
    }
    return order;
  }

  /** Something happened; any thread. */
  synchronized void add(Sight sight) {
    if (!holds) {
      next.accept(sight);
    } else if (!closed) {
      held.add(new Held(sight, System.nanoTime(), number++));
      notifyAll();
    }
  }

  private synchronized void release() {
    try {
      while (!closed) {
        Held first = held.peek();
        long wait = first == null ? 0 : first.arrivedNanos + DELAY_NANOS - System.nanoTime();
        if (first == null) {
          wait();
        } else if (wait <= 0) {
          next.accept(held.remove().sight);
        } else {
          wait(wait / 1_000_000 + 1);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hands on what is left; nothing comes any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
    while (!held.isEmpty()) {
      next.accept(held.remove().sight);
    }
  }
}
