package org.atoll.kernel;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a task: a bounded ring of letters, and those that found it full, in order; or one
 * request that came when nothing else waited, brought by the CPU that runs the task next.
 *
 * <p>Owner: any CPU puts; the CPU that holds the task's run token takes.
 *
 * <p>Invariant: while letters are held back, new ones are held back behind them, so letters of one
 * sender keep their order: a sender's letter is in the ring only when all its earlier ones are in
 * the ring or taken.
 */
final class Mailbox {

  /** The number before the first letter's. */
  static final long NONE = -1;

  private static final int SPARES_MAX = 1_024;

  /** Who waits for room hears of it when so many letters were taken, or all. */
  private static final int ROOM = 16;

  private final int slots;
  private final Sequence taken = new Sequence(NONE);
  private volatile @Nullable RingBuffer<Letter> ring;

  /**
   * Whether there may be letters besides {@link #first}: only then the ring is looked at. Who puts
   * one claims its place, and then looks whether this is false; who makes it false looks then
   * whether a place was claimed.
   */
  private volatile boolean others;

  /** Guards {@link #held}. */
  private final Object lock = new Object();

  private final Deque<Letter> held = new ArrayDeque<>();
  private volatile int heldCount;

  /** Letters that were held back once, and can be used again. */
  private final Deque<Letter> spares = new ArrayDeque<>(0);

  private @Nullable Letter current;

  /** Comes before all others, while it is there. Owner: the CPU that holds the token. */
  private final Letter first = new Letter();

  private boolean anyFirst;

  /** Tasks with a stack that wait for room; guarded by the lock. */
  private final List<Task> waiting = new ArrayList<>(0);

  /** A bit for each node that was told not to send more; guarded by the lock. */
  private long told;

  /** Whether tasks or nodes wait. */
  private volatile boolean anyWaiting;

  Mailbox(int slots) {
    this.slots = slots;
  }

  private synchronized RingBuffer<Letter> makeRing() {
    RingBuffer<Letter> made = ring;
    if (made == null) {
      made = RingBuffer.createMultiProducer(Letter::new, slots, new BusySpinWaitStrategy());
      made.addGatingSequences(taken);
      ring = made;
    }
    return made;
  }

  /** Puts a letter; when the ring is full it is held back and follows in order. */
  void put(int kind, int source, long request, @Nullable CallRecord call, @Nullable Message m) {
    if (heldCount != 0 || !tryPut(kind, source, request, call, m)) {
      hold(kind, source, request, call, m);
    }
  }

  /**
   * Puts a request before which nothing waits where it needs no ring, else behind the others. Only
   * the CPU that holds the token, before the task's turn.
   */
  void putFirst(int source, long request, CallRecord call) {
    if (anyFirst || others && !alone()) {
      put(Letter.REQUEST, source, request, call, null);
    } else {
      first.set(Letter.REQUEST, source, request, call, null);
      anyFirst = true;
    }
  }

  /** Has the ring not looked at until the next letter is put there; false when one is there. */
  private boolean alone() {
    if (anyPlaced()) {
      return false;
    }
    others = false;
    VarHandle.fullFence();
    if (anyPlaced()) {
      others = true;
      return false;
    }
    return true;
  }

  /** Whether a place in the ring is claimed by a letter, or one is held back. */
  private boolean anyPlaced() {
    RingBuffer<Letter> from = ring;
    return from != null && from.getCursor() > taken.get() || heldCount != 0;
  }

  /** Puts a letter into the ring, or answers false when that is full. */
  boolean tryPut(
      int kind, int source, long request, @Nullable CallRecord call, @Nullable Message m) {
    RingBuffer<Letter> to = ring;
    if (to == null) {
      to = makeRing();
    }
    if (heldCount != 0) {
      return false;
    }
    long sequence;
    try {
      sequence = to.tryNext();
    } catch (InsufficientCapacityException full) {
      return false;
    }
    others();
    to.get(sequence).set(kind, source, request, call, m);
    to.publish(sequence);
    return true;
  }

  private void hold(
      int kind, int source, long request, @Nullable CallRecord call, @Nullable Message m) {
    synchronized (lock) {
      Letter letter = spares.isEmpty() ? new Letter() : spares.pop();
      letter.set(kind, source, request, call, m);
      held.add(letter);
      heldCount = held.size();
    }
    others();
  }

  private void others() {
    if (!others) {
      others = true;
    }
  }

  /** Whether letters are held back. */
  boolean holding() {
    return heldCount != 0;
  }

  /** Number of the newest letter in the ring: an answer given now comes after it. */
  long newest() {
    RingBuffer<Letter> from = others ? ring : null;
    return from == null ? NONE : from.getCursor();
  }

  /** Number of the last letter taken from the ring. */
  long taken() {
    return taken.get();
  }

  /** Letters that wait, those held back too; by the time that it is looked at, another number. */
  long depth() {
    RingBuffer<Letter> from = others ? ring : null;
    long there = from == null ? 0 : from.getCursor() - taken();
    return there + heldCount + (anyFirst ? 1 : 0);
  }

  /** Whether there is a letter. */
  boolean any() {
    return anyFirst || others && anyFrom(taken.get() + 1);
  }

  /** Whether there is another letter behind that which {@link #peek} gave. */
  boolean anyBehind() {
    int given = anyFirst || current != null ? 0 : 1;
    return others && anyFrom(taken.get() + given + 1);
  }

  private boolean anyFrom(long number) {
    RingBuffer<Letter> from = ring;
    return from != null && from.isAvailable(number) || heldCount != 0;
  }

  /** The next letter, valid until {@link #done}; null when there is none. */
  @Nullable Letter peek() {
    if (anyFirst) {
      return first;
    }
    RingBuffer<Letter> from = others ? ring : null;
    if (from == null) {
      return null;
    }
    long next = taken.get() + 1;
    if (from.isAvailable(next)) {
      return from.get(next);
    }
    return heldCount == 0 ? null : claimedOrHeld(from, next);
  }

  /**
   * What is held back, unless a place was taken in the ring that is being filled: behind it may be
   * earlier letters of the same sender. Looked at only when letters are known to be held back.
   */
  private @Nullable Letter claimedOrHeld(RingBuffer<Letter> from, long next) {
    if (from.getCursor() < next) {
      return takeHeld();
    }
    boolean filled = false;
    while (!filled) {
      filled = from.isAvailable(next);
    }
    return from.get(next);
  }

  private @Nullable Letter takeHeld() {
    synchronized (lock) {
      current = held.poll();
      heldCount = held.size();
      return current;
    }
  }

  /** A task is to be told when there may be room. */
  void awaitRoom(Task task) {
    synchronized (lock) {
      if (!waiting.contains(task)) {
        waiting.add(task);
      }
      anyWaiting = true;
    }
  }

  /** Whether so much is held back that nobody may send more. */
  boolean crowded() {
    return heldCount >= Limits.LETTERS_HELD_MAX;
  }

  /** Whether a node is to be told that it may not send more: once, until there is room. */
  boolean tellsFull(int node) {
    synchronized (lock) {
      boolean tells = crowded() && (told & 1L << node) == 0;
      if (tells) {
        told |= 1L << node;
        anyWaiting = true;
      }
      return tells;
    }
  }

  /** Takes the nodes that are to be told that there is room, a bit each. */
  long takeTold() {
    synchronized (lock) {
      if (heldCount != 0) {
        return 0;
      }
      long nodes = told;
      told = 0;
      anyWaiting = !waiting.isEmpty();
      return nodes;
    }
  }

  /** Whether a task or a node waits for room. */
  boolean anyWaiting() {
    return anyWaiting;
  }

  /** Takes the tasks that wait for room. */
  List<Task> takeWaiting() {
    synchronized (lock) {
      List<Task> all = List.copyOf(waiting);
      waiting.clear();
      anyWaiting = told != 0;
      return all;
    }
  }

  private void spare(Letter letter) {
    synchronized (lock) {
      if (spares.size() < SPARES_MAX) {
        spares.push(letter);
      }
    }
  }

  /** The letter that {@link #peek} gave is dealt with. */
  void done() {
    if (anyFirst) {
      anyFirst = false;
    } else if (current != null) {
      spare(current);
      current = null;
    } else {
      taken(taken.get() + 1);
    }
  }

  /**
   * A letter was the last one taken from the ring. Now and then with a full fence: whoever finds
   * the ring full has said before that it waits for room, and is seen then.
   */
  private void taken(long letter) {
    if ((letter & ROOM - 1) == 0 || !anyFrom(letter + 1)) {
      taken.setVolatile(letter);
    } else {
      taken.set(letter);
    }
  }
}
