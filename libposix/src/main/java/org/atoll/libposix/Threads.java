package org.atoll.libposix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a process, and which of them has the machine: the current one, until it waits or
 * its quantum is over; then the next in the ring that can run.
 *
 * <p>Owner: the process's task. Invariant: the machine's current hart is that of the current
 * thread.
 */
final class Threads {

  private static final int STATE_VERSION = 2;

  private final Supplier<PosixThread> fresh;
  private final CpuTime cpu;

  /** In the order of their making. */
  private final List<PosixThread> all = new ArrayList<>(1);

  /** Threads that something has happened to in this turn; empty between two turns. */
  private final Deque<PosixThread> disturbed = new ArrayDeque<>();

  private PosixThread current;

  /** The process's CPU time at the last switch. */
  private long switchedAtNanos;

  /** What of that was user time. */
  private long switchedAtUserNanos;

  private boolean yields;

  /**
   * One thread.
   *
   * @param cpu the CPU time of all of them
   * @param fresh makes a thread that is in no call
   */
  Threads(CpuTime cpu, Supplier<PosixThread> fresh) {
    this.cpu = cpu;
    this.fresh = fresh;
    this.current = fresh.get();
    all.add(current);
  }

  /** Whether there is one thread. */
  boolean alone() {
    return all.size() == 1;
  }

  /** How many there are, those included for which an id is asked for. */
  int count() {
    int count = all.size();
    for (PosixThread thread : all) {
      count += thread.call.isClone() ? 1 : 0;
    }
    return count;
  }

  boolean has(PosixThread thread) {
    return all.contains(thread);
  }

  PosixThread oldest() {
    return all.getFirst();
  }

  /** All of them, from the oldest on: a copy, so that they may come and go meanwhile. */
  List<PosixThread> all() {
    return List.copyOf(all);
  }

  /** The thread whose registers the machine has. */
  PosixThread current() {
    return current;
  }

  /** The thread with an id, or null. */
  @Nullable PosixThread byId(int id) {
    for (PosixThread thread : all) {
      if (thread.state.id == id) {
        return thread;
      }
    }
    return null;
  }

  /** The thread of a hart, or null. */
  @Nullable PosixThread byHart(int hart) {
    for (PosixThread thread : all) {
      if (thread.state.hart == hart) {
        return thread;
      }
    }
    return null;
  }

  /** The thread that waits for the answer of a call, or null. */
  @Nullable PosixThread waitingFor(long call) {
    if (current.call.waitingFor() == call) {
      return current;
    }
    for (PosixThread thread : all) {
      if (thread.call.waitingFor() == call) {
        return thread;
      }
    }
    return null;
  }

  // ---- who has the machine

  /** Makes a thread the current one, in this turn. */
  void select(Turn turn, PosixThread thread) {
    thread.call.enter(turn);
    if (thread == current) {
      return;
    }
    long now = cpu.nanos(turn);
    long user = cpu.userNanos(turn);
    current.state.cpuNanos += now - switchedAtNanos;
    current.state.userNanos += user - switchedAtUserNanos;
    switchedAtNanos = now;
    switchedAtUserNanos = user;
    current = thread;
    turn.kernel().machine().selectHart(thread.state.hart);
  }

  /** CPU time of a thread. */
  long cpuNanosOf(Turn turn, ThreadState thread) {
    long running = cpu.nanos(turn) - switchedAtNanos;
    return thread.cpuNanos + (thread == current.state ? running : 0);
  }

  /** What of that was spent in its own code. */
  long userNanosOf(Turn turn, ThreadState thread) {
    long running = cpu.userNanos(turn) - switchedAtUserNanos;
    return thread.userNanos + (thread == current.state ? running : 0);
  }

  /** The current thread lets others run first when its call is over. */
  void giveWay() {
    yields = true;
  }

  /** The current thread stays so, unless it waits or has yielded. */
  void choose(Turn turn) {
    if (yields || !current.runs()) {
      yields = false;
      rotate(turn);
    }
  }

  /** The next thread in the ring that can run becomes the current one. */
  void rotate(Turn turn) {
    int at = all.indexOf(current);
    for (int i = 1; i < all.size(); i++) {
      PosixThread next = all.get((at + i) % all.size());
      if (next.runs()) {
        select(turn, next);
        return;
      }
    }
  }

  // ---- who is to look again what there is for it

  /** Something happened to a thread: it reacts at the end of this turn. */
  void disturb(PosixThread thread) {
    disturbed.add(thread);
  }

  /** Something happened to all of them. */
  void disturbAll() {
    disturbed.addAll(all);
  }

  /** An exec is over that others wait for. */
  void disturbExecs() {
    for (PosixThread thread : all) {
      if (thread.call.isExec()) {
        disturb(thread);
      }
    }
  }

  /** A signal has come: who waits for descriptors asks again, with what is pending now. */
  void disturbPolls() {
    for (PosixThread thread : all) {
      if (thread.call.watchesSignals()) {
        disturb(thread);
      }
    }
  }

  /** Who reads from a descriptor of signals looks again what it is about. */
  void disturbReadersOfSignals() {
    for (PosixThread thread : all) {
      if (thread.call.waitsFor() == Wait.EVENT && SignalDescriptors.reads(thread.call.number())) {
        disturb(thread);
      }
    }
  }

  /** Something is there for who receives. */
  void disturbReceivers() {
    for (PosixThread thread : all) {
      if (thread.call.receives()) {
        disturb(thread);
      }
    }
  }

  /** Ends all threads but the current one, each as soon as it waits for no server. */
  void endOthers() {
    for (PosixThread thread : all) {
      if (thread != current && !thread.state.dying) {
        thread.die();
      }
    }
  }

  /** The next thread that is to react, or null. */
  @Nullable PosixThread takeDisturbed() {
    PosixThread thread = disturbed.poll();
    while (thread != null && !all.contains(thread)) {
      thread = disturbed.poll();
    }
    return thread;
  }

  /** Whether no thread is to react. */
  boolean calm() {
    return disturbed.isEmpty();
  }

  // ---- how they come and go

  /** Enters a thread with the registers that the current one has now. */
  PosixThread start(Turn turn, int id, int hart) {
    PosixThread thread = fresh.get();
    thread.state.startFrom(current.state);
    thread.state.id = id;
    thread.state.hart = hart;
    thread.call.enter(turn);
    thread.call.waitsFor(Wait.NOTHING);
    all.add(thread);
    if (thread.watch.active()) {
      thread.watch.born();
    }
    return thread;
  }

  /** A thread is over; there are others. */
  void remove(Turn turn, PosixThread thread) {
    int at = all.indexOf(thread);
    all.remove(at);
    if (thread == current) {
      select(turn, all.get(at % all.size()));
    }
    turn.kernel().machine().dropHart(thread.state.hart);
  }

  /** The child of a fork has one thread, whose hart is the only one. */
  void becomeChild(int hart) {
    all.removeIf(thread -> thread.state.hart != hart);
    current = all.getFirst();
    current.state.becomeChild();
    current.call.becomeChild();
    current.watch.becomeChild();
    switchedAtNanos = 0;
    switchedAtUserNanos = 0;
  }

  /** The process, which has one thread, is on another node. */
  void arrive() {
    current.state.hart = 0;
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION).writeInt(all.size()).writeInt(all.indexOf(current));
    out.writeLong(switchedAtNanos).writeLong(switchedAtUserNanos);
    for (PosixThread thread : all) {
      thread.save(out);
    }
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    int count = in.readInt();
    int chosen = in.readInt();
    switchedAtNanos = in.readLong();
    switchedAtUserNanos = in.readLong();
    all.clear();
    for (int i = 0; i < count; i++) {
      PosixThread thread = fresh.get();
      thread.load(in);
      all.add(thread);
    }
    current = all.get(chosen);
  }
}
