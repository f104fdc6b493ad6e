package org.atoll.kernel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.atoll.abi.Limits;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a node that are ready: the lowest level that has any goes first, and within a level
 * who has had least of what its weight is worth.
 *
 * <p>Owner: the node's only CPU; several share a {@link SharedReadyQueue}. Other threads {@link
 * #bring} tasks.
 */
class ReadyQueue {

  /** No level: nobody is ready. */
  static final int NONE = Limits.LEVELS;

  private final @Nullable ReadyLevel[] levels = new ReadyLevel[Limits.LEVELS];

  /** A bit for each level that has ready tasks. */
  private final long[] filled = new long[Limits.LEVELS / Long.SIZE];

  private long entered;

  // Hints for others, set without a fence each: who enters a task for them makes one behind it.

  private final AtomicInteger size = new AtomicInteger();

  /** Those of them that are no servers. */
  private final AtomicInteger processes = new AtomicInteger();

  private final AtomicInteger first = new AtomicInteger(NONE);

  private final Queue<Task> brought = new ConcurrentLinkedQueue<>();

  /** Whether some were brought that are not entered yet. */
  private volatile boolean anyBrought;

  ReadyQueue() {
    levels[Standing.SERVERS] = new ReadyLevel();
    levels[Limits.LEVEL_NORMAL] = new ReadyLevel();
  }

  /** How many there are, those that were brought counted as one; any thread. */
  final int size() {
    return anyBrought ? size.get() + 1 : size.get();
  }

  /** How many of them are processes; any thread. */
  final int processes() {
    return processes.get();
  }

  /** The lowest level that has a task, or NONE; any thread. */
  final int first() {
    return first.get();
  }

  /** Another thread than a CPU's has a task that is ready. */
  void bring(Task task) {
    brought.add(task);
    anyBrought = true;
  }

  private void enterBrought() {
    anyBrought = false;
    for (Task task = brought.poll(); task != null; task = brought.poll()) {
      push(task, true);
    }
  }

  /**
   * Enters a task that is not in the queue yet; one that is stays where it is. Those that were
   * brought before come before it.
   *
   * @param last whether it comes behind those that have been served as much as it
   */
  void push(Task task, boolean last) {
    if (anyBrought) {
      enterBrought();
    }
    Standing s = task.standing;
    if (s.place >= 0) {
      return;
    }
    boolean urgent = s.level != Standing.SERVERS && task.hasLetters();
    int level = urgent ? Standing.SERVERS : s.level;
    if (urgent) {
      level(level).enterUrgent(task, ++entered);
    } else {
      level(level).enter(task, ++entered, last);
    }
    filled[level / Long.SIZE] |= 1L << level;
    if (level < first.getPlain()) {
      first.setRelease(level);
    }
    count(level, 1);
  }

  /** Others wait for a turn of a process: if it is in the queue it comes as a server would. */
  void raise(Task task) {
    Standing s = task.standing;
    if (s.place >= 0 && !s.urgent && task.hasLetters()) {
      takeOut(task);
      push(task, true);
    }
  }

  private void takeOut(Task task) {
    Standing s = task.standing;
    int number = s.urgent ? Standing.SERVERS : s.level;
    ReadyLevel level = level(number);
    level.remove(task);
    count(number, -1);
    left(number, level);
  }

  /** Takes the first task, or null. */
  @Nullable Task poll() {
    if (anyBrought) {
      enterBrought();
    }
    int level = first.getPlain();
    if (level == NONE) {
      return null;
    }
    ReadyLevel from = level(level);
    Task task = from.take();
    count(level, -1);
    left(level, from);
    return task;
  }

  private void count(int level, int more) {
    size.setRelease(size.getPlain() + more);
    if (level != Standing.SERVERS) {
      processes.setRelease(processes.getPlain() + more);
    }
  }

  private ReadyLevel level(int number) {
    ReadyLevel level = levels[number];
    if (level == null) {
      level = new ReadyLevel();
      levels[number] = level;
    }
    return level;
  }

  private void left(int level, ReadyLevel from) {
    if (from.empty()) {
      filled[level / Long.SIZE] &= ~(1L << level);
      first.setRelease(lowest());
    }
  }

  private int lowest() {
    for (int i = 0; i < filled.length; i++) {
      if (filled[i] != 0) {
        return i * Long.SIZE + Long.numberOfTrailingZeros(filled[i]);
      }
    }
    return NONE;
  }

  /** What policy gives a task from now on. */
  void schedule(Task task, int level, int weight, int quantum, int allowance) {
    Standing s = task.standing;
    boolean ready = s.place >= 0;
    ReadyLevel from = level(s.level);
    if (ready) {
      takeOut(task);
    }
    long ahead = from.ahead(s);
    level(level).begin(s, ahead);
    s.level = level;
    s.weight = weight;
    s.quantum = quantum;
    s.allowance = allowance;
    if (ready) {
      push(task, true);
    }
  }

  /** The rest of a task's quantum goes to others. */
  void giveWay(Task task) {
    Standing s = task.standing;
    if (s.weight != 0) {
      level(s.level).giveWay(s);
    }
    s.used.set(Math.max(s.used.get(), s.quantum));
  }
}
