package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicLong;
import org.atoll.abi.Limits;

/**
 * A task's place among those that are ready: what policy gives it, and what it has used of that.
 *
 * <p>Owner: where a field says nothing else, the ready queue's. What policy gives is written there,
 * too, and read by any CPU: a value that is one slice old does no harm.
 */
final class Standing {

  /** The level of kernel, servers and drivers. */
  static final int SERVERS = 0;

  /** Its level: lower ones go first, always. */
  volatile int level;

  /** Its part of the level's time; 0: no part, but the turn before those that have one. */
  volatile int weight;

  /** Instructions before the next of its level has its turn; 0: until it waits. */
  volatile int quantum;

  /** Instructions after which the scheduler is told; 0: never. */
  volatile int allowance;

  /** Virtual time: instructions used so far, each worth more the smaller the weight was. */
  long virtual;

  /** Decides between those of the same virtual time. */
  long order;

  /** Place in the heap of its level, or of the servers' when it is urgent; or -1. */
  int place = -1;

  /** Whether it is in the queue as a server would be: others wait for a turn of it. */
  boolean urgent;

  /** When it became urgent, by the number of those that entered before. */
  long urgentOrder;

  /**
   * Work after which its CPU looks at the clock, the less the longer its turns take. Owner: the CPU
   * whose slice it has begun.
   */
  int chunk = Slice.CHUNK_COST;

  /** Instructions used of the quantum. Any CPU adds. */
  final AtomicLong used = new AtomicLong();

  /** Instructions used of the allowance. Any CPU adds. */
  final AtomicLong spent = new AtomicLong();

  private Standing(int level, int weight, int quantum) {
    this.level = level;
    this.weight = weight;
    this.quantum = quantum;
  }

  /** Of a server or driver: first come, first served. */
  static Standing ofServer(int quantum) {
    return new Standing(SERVERS, 0, quantum);
  }

  /** Of a process about which no scheduler has said anything. */
  static Standing ofProcess(int quantum) {
    return new Standing(Limits.LEVEL_NORMAL, Limits.WEIGHT_NORMAL, quantum);
  }

  /** Of a child: what policy gives its parent, and no better place than that one has. */
  Standing inherited() {
    Standing child = new Standing(level, weight, quantum);
    child.allowance = allowance;
    child.virtual = virtual;
    return child;
  }

  /** Whether the quantum is used up. */
  boolean over() {
    int given = quantum;
    return given > 0 && used.get() >= given;
  }

  /** The task has used so many instructions; {@code shared}: other CPUs say so at the same time. */
  void use(int count, boolean shared) {
    if (shared) {
      used.addAndGet(count);
    } else {
      used.setRelease(used.getPlain() + count);
    }
    if (allowance > 0) {
      spent.addAndGet(count);
    }
  }

  /** A slice begins: that of a server which comes to it without the queue is a whole one. */
  void begin() {
    if (weight == 0 && over()) {
      used.set(0);
    }
  }

  /** Instructions that are left of the quantum, at least one and at most a slice. */
  int left(int slice) {
    int given = quantum;
    return given == 0 ? slice : Math.clamp(given - used.get(), 1, slice);
  }
}
