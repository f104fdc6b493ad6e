package org.atoll.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that are on a node, by slot, and the slots that the node leases.
 *
 * <p>Owner: any CPU looks up; changes are under this object's monitor.
 *
 * <p>Invariant: a slot's generation goes up by one whenever it is given back, and a slot whose
 * generations are used up is not given out again.
 */
final class TaskTable {

  private static final int CHUNK_SHIFT = 10;
  private static final int CHUNK_SLOTS = 1 << CHUNK_SHIFT;
  private static final int CHUNKS = 1 << 20 - CHUNK_SHIFT;

  private final int firstSlot;
  private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Task>> chunks =
      new AtomicReferenceArray<>(CHUNKS);
  private final short[] generations = new short[Limits.SLOTS_PER_NODE];
  private final Deque<Integer> free = new ArrayDeque<>();
  private int unused;

  TaskTable(int node) {
    this.firstSlot = node * Limits.SLOTS_PER_NODE;
  }

  /** The task of that endpoint if it is here, dead or alive; or null. */
  @Nullable Task at(int endpoint) {
    int slot = Endpoint.slot(endpoint);
    AtomicReferenceArray<@Nullable Task> chunk = chunks.get(slot >>> CHUNK_SHIFT);
    if (endpoint < 0 || chunk == null) {
      return null;
    }
    Task task = chunk.get(slot & CHUNK_SLOTS - 1);
    return task != null && task.endpoint == endpoint ? task : null;
  }

  /** The living task of that endpoint if it is here, or null. */
  @Nullable Task find(int endpoint) {
    Task task = at(endpoint);
    return task == null || task.dead() ? null : task;
  }

  /**
   * Leases a slot: slots that were never used first, then the one that was given back longest ago.
   *
   * @return an endpoint that never was, or -1 when there is no slot left
   */
  synchronized int lease() {
    int index;
    if (unused < Limits.SLOTS_PER_NODE) {
      index = unused++;
    } else {
      Integer oldest = free.poll();
      if (oldest == null) {
        return -1;
      }
      index = oldest;
    }
    return Endpoint.of(firstSlot + index, generations[index]);
  }

  /** Gives a leased slot back; the endpoint never means a task again. */
  synchronized void giveBack(int endpoint) {
    int index = Endpoint.slot(endpoint) - firstSlot;
    if (index < 0
        || index >= Limits.SLOTS_PER_NODE
        || Endpoint.generation(endpoint) != generations[index]) {
      return;
    }
    generations[index]++;
    if (generations[index] < Endpoint.GENERATIONS) {
      free.add(index);
    }
  }

  /** Puts a task in. */
  synchronized void put(Task task) {
    int slot = Endpoint.slot(task.endpoint);
    AtomicReferenceArray<@Nullable Task> chunk = chunks.get(slot >>> CHUNK_SHIFT);
    if (chunk == null) {
      chunk = new AtomicReferenceArray<>(CHUNK_SLOTS);
      chunks.set(slot >>> CHUNK_SHIFT, chunk);
    }
    chunk.set(slot & CHUNK_SLOTS - 1, task);
  }

  /** Takes a task out that is not here any more. */
  synchronized void remove(Task task) {
    int slot = Endpoint.slot(task.endpoint);
    AtomicReferenceArray<@Nullable Task> chunk = chunks.get(slot >>> CHUNK_SHIFT);
    if (chunk != null) {
      chunk.compareAndSet(slot & CHUNK_SLOTS - 1, task, null);
    }
  }

  /** The living tasks, by slot. */
  List<Task> all() {
    List<Task> tasks = new ArrayList<>();
    for (int c = 0; c < CHUNKS; c++) {
      AtomicReferenceArray<@Nullable Task> chunk = chunks.get(c);
      for (int i = 0; chunk != null && i < CHUNK_SLOTS; i++) {
        Task task = chunk.get(i);
        if (task != null && !task.dead()) {
          tasks.add(task);
        }
      }
    }
    return tasks;
  }
}
