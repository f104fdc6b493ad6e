package org.atoll.kernel;

import java.util.Arrays;

/**
 * The sources that notified a task since it was last told: one bit each, told in the order in which
 * they were set. Owner: any thread, under this object's monitor.
 */
final class NotifySet {

  private int[] sources = new int[2];
  private volatile int count;

  /** Whether there is one; readable without the monitor. */
  boolean any() {
    return count != 0;
  }

  /** Sets a source's bit. */
  synchronized void add(int source) {
    for (int i = 0; i < count; i++) {
      if (sources[i] == source) {
        return;
      }
    }
    if (count == sources.length) {
      sources = Arrays.copyOf(sources, 2 * count);
    }
    sources[count] = source;
    count = count + 1;
  }

  /** Takes the oldest; only when there is one. */
  synchronized int take() {
    int source = sources[0];
    System.arraycopy(sources, 1, sources, 0, count - 1);
    count = count - 1;
    return source;
  }

  /** Takes the bit of one source; false when it is not set. */
  synchronized boolean take(int source) {
    for (int i = 0; i < count; i++) {
      if (sources[i] == source) {
        System.arraycopy(sources, i + 1, sources, i, count - i - 1);
        count = count - 1;
        return true;
      }
    }
    return false;
  }
}
