package org.atoll.hypercall.sim;

import java.util.PriorityQueue;

/** What will happen in a simulation, by virtual time; at one instant in the order of entry. */
final class Agenda {

  private record Entry(long nanos, long order, Runnable event) implements Comparable<Entry> {

    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long entered;
  private long nowNanos;

  long nowNanos() {
    return nowNanos;
  }

  void at(long nanos, Runnable event) {
    entries.add(new Entry(Math.max(nanos, nowNanos), entered++, event));
  }

  /** When the next event is due, or {@link Steppable#NO_DEADLINE}. */
  long nextNanos() {
    Entry next = entries.peek();
    return next == null ? Steppable.NO_DEADLINE : next.nanos;
  }

  /** Moves the clock on, and lets happen what is due by then; whether anything did. */
  boolean advance(long nanos) {
    boolean happened = false;
    Entry next = entries.peek();
    while (next != null && next.nanos <= nanos) {
      entries.remove();
      nowNanos = Math.max(nowNanos, next.nanos);
      next.event.run();
      happened = true;
      next = entries.peek();
    }
    nowNanos = Math.max(nowNanos, nanos);
    return happened;
  }
}
