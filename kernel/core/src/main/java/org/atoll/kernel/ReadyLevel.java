package org.atoll.kernel;

import java.util.Arrays;
import org.atoll.abi.Limits;
import org.jspecify.annotations.Nullable;

/**
 * The ready tasks of one level, as a heap: the one with the least virtual time first, which is the
 * one that has had least of what its weight is worth. Owner: the ready queue's monitor.
 */
final class ReadyLevel {

  /** How much virtual time one that slept may be behind the others, so that it comes first. */
  static final long CREDIT = Limits.QUANTUM_INSTRUCTIONS;

  private static final int FIRST_ROOM = 16;

  private @Nullable Task[] heap = new Task[FIRST_ROOM];
  private int count;

  /** The virtual time up to which all have been served. */
  private long now;

  boolean empty() {
    return count == 0;
  }

  /**
   * Enters a task.
   *
   * @param order a number higher than that of any before; one whose quantum goes on keeps its own
   * @param last whether it comes behind those of the same virtual time
   */
  void enter(Task task, long order, boolean last) {
    Standing s = task.standing;
    boolean over = s.over();
    if (s.weight == 0) {
      s.virtual = Long.MIN_VALUE;
    } else {
      s.virtual = Math.max(s.virtual, now - CREDIT);
      s.virtual += over ? Math.max(1, s.used.get() * Limits.WEIGHT_NORMAL / s.weight) : 0;
    }
    if (over) {
      s.used.set(0);
    }
    if (last || over) {
      s.order = order;
    }
    add(task);
  }

  /** Enters a task of another level before all that have virtual time; its own stays. */
  void enterUrgent(Task task, long order) {
    task.standing.urgent = true;
    task.standing.urgentOrder = order;
    add(task);
  }

  private void add(Task task) {
    if (count == heap.length) {
      heap = Arrays.copyOf(heap, 2 * count);
    }
    up(task, count++);
  }

  /** Takes the first. */
  @Nullable Task take() {
    Task first = heap[0];
    if (first != null) {
      boolean own = !first.standing.urgent;
      remove(first);
      now = own ? Math.max(now, first.standing.virtual) : now;
    }
    return first;
  }

  /** Takes a task out that is in. */
  void remove(Task task) {
    int at = task.standing.place;
    Task last = heap[--count];
    heap[count] = null;
    task.standing.place = -1;
    task.standing.urgent = false;
    if (last != null && last != task) {
      up(last, at);
      down(last, last.standing.place);
    }
  }

  /** Its virtual time, less that of the level: what it takes along to another level. */
  long ahead(Standing s) {
    return s.weight == 0 ? 0 : Math.max(-CREDIT, s.virtual - now);
  }

  /** Gives a task that comes from another level its virtual time here. */
  void begin(Standing s, long ahead) {
    s.virtual = now + ahead;
  }

  /** It goes behind those that have been served as much as it. */
  void giveWay(Standing s) {
    s.virtual = Math.max(s.virtual, now);
  }

  private static boolean before(Task a, Task b) {
    long s = virtual(a);
    long t = virtual(b);
    return s < t || s == t && order(a) < order(b);
  }

  private static long virtual(Task task) {
    return task.standing.urgent ? Long.MIN_VALUE : task.standing.virtual;
  }

  private static long order(Task task) {
    return task.standing.urgent ? task.standing.urgentOrder : task.standing.order;
  }

  private void up(Task task, int from) {
    int at = from;
    for (int parent = (at - 1) / 2; at > 0; parent = (at - 1) / 2) {
      Task above = heap[parent];
      if (above == null || !before(task, above)) {
        break;
      }
      put(above, at);
      at = parent;
    }
    put(task, at);
  }

  private void down(Task task, int from) {
    int at = from;
    for (int child = 2 * at + 1; child < count; child = 2 * at + 1) {
      Task below = heap[child];
      Task other = child + 1 < count ? heap[child + 1] : null;
      if (other != null && below != null && before(other, below)) {
        below = other;
        child++;
      }
      if (below == null || !before(below, task)) {
        break;
      }
      put(below, at);
      at = child;
    }
    put(task, at);
  }

  private void put(Task task, int at) {
    heap[at] = task;
    task.standing.place = at;
  }
}
