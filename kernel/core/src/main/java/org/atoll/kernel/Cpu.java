package org.atoll.kernel;

import java.util.function.BooleanSupplier;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Trap;
import org.atoll.abi.protocol.SchedProtocol;
import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.cpu.Hart;
import org.jspecify.annotations.Nullable;

/**
 * One loop of a node: takes the next ready task, runs its turn or its quantum, repeats; waits for
 * an event when none is ready.
 *
 * <p>What a task does not wait for happens at once: the idle callee of a call runs next, on the
 * caller's time, and so does the caller when it is answered. One such task is kept, never a row of
 * them, and none when the caller's {@link Slice} is used up.
 *
 * <p>Owner: the thread that calls {@link #run} or {@link #step}, always the same.
 */
public final class Cpu {

  private final Node node;
  private final int index;
  private final Engine engine;
  private final EventWait events;
  private final Scheduler scheduler;
  private final boolean handsOver;
  private final CpuTurn turn;
  private final Delivery delivery;

  /** Ends the loop that is under way. */
  private BooleanSupplier until = () -> false;

  /** Whether nothing speaks against waiting; made once, for a wait allocates nothing. */
  private final BooleanSupplier mayBlock;

  private final Frame frame = new Frame();

  /** Runs next; this CPU has its token. */
  private @Nullable Task next;

  /**
   * Had its turn before what runs next, and has nothing else to do: this CPU keeps its token for
   * that turn, so that neither the answer to it nor its next request has to take one. Null when
   * nothing runs next.
   */
  private @Nullable Task waits;

  /** In a turn within the event wait, which is not entered again. */
  private boolean arriving;

  /** Looking around for the sake of a task that goes on: nobody else runs meanwhile. */
  private boolean goingOn;

  private final KnownTasks known;

  private final Backlog backlog;
  private final Slice slice;
  private final Message told = new Message();

  Cpu(Node node, int index, int cpus, Engine engine, EventWait events) {
    this.node = node;
    this.index = index;
    this.engine = engine;
    this.events = events;
    this.scheduler = node.scheduler;
    this.handsOver = node.handsOver();
    this.turn = new CpuTurn(node, this);
    this.delivery = new Delivery(node, this, turn);
    this.known = new KnownTasks(node.tasks);
    this.backlog = new Backlog(scheduler, index, cpus);
    this.slice = new Slice(node, index, backlog);
    this.mayBlock = () -> !node.halted() && !node.work(index) && !until.getAsBoolean();
  }

  /** Runs until the VOS halts. */
  public void run() {
    runUntil(node::halted);
  }

  /**
   * Runs until the VOS halts, after which nobody has a turn, or the condition holds, which is asked
   * when nothing is to run next. What the kernel itself throws, for want of memory or by a mistake
   * of its own, halts the node.
   */
  public void runUntil(BooleanSupplier condition) {
    try {
      backlog.loopBegins();
      while (!node.halted() && (next != null || !condition.getAsBoolean())) {
        if (rests() || !step()) {
          await(condition);
        }
      }
      endSlice();
      slice.rest();
      backlog.loopEnds();
      node.flush(index);
    } catch (Throwable e) {
      node.reaper.broken(index, e);
    }
  }

  /** Leaves what is ready to another CPU. */
  private boolean rests() {
    if (next != null || !backlog.rests()) {
      return false;
    }
    betweenSlices();
    slice.rest();
    return !expireAlarms() && backlog.rests();
  }

  /**
   * Gives one turn or one quantum, without waiting: who calls it instead of {@link #run} also lets
   * the CPU's {@link EventWait} poll and time pass.
   *
   * @return false when no task was ready and no alarm due, or too much waits for other nodes
   */
  public boolean step() {
    if (next == null) {
      betweenSlices();
      if (node.congested()) {
        return holdBack();
      }
    }
    Task task = next;
    next = null;
    if (task != null && scheduler.overtakes(task)) {
      scheduler.release(this, task);
      releaseWaiting();
      endSlice();
      task = null;
    }
    if (task == null) {
      task = scheduler.take(this);
      if (task == null || task.process != null) {
        node.serversRest(index);
      }
    }
    if (task == null) {
      slice.rest();
      return expireAlarms();
    }
    slice.charge(task);
    run(task);
    return true;
  }

  /**
   * Too much waits for other nodes: nobody has a turn who might send them more, until links have
   * taken some of it, for which they need nobody.
   */
  private boolean holdBack() {
    slice.rest();
    slice.giveUp();
    expireAlarms();
    return false;
  }

  /**
   * What the last frame brought has its turn, before the next frame is looked at: its task is idle
   * then as often as not, and is neither queued nor taken from the queue. Called within the event
   * wait; what runs here is short, and not longer in all than a slice.
   */
  void runArrived() {
    if (goingOn) {
      return;
    }
    try {
      arriving = true;
      for (Task task = next; task != null && mayRunArrived(task); task = next) {
        next = null;
        slice.charge(task);
        run(task);
      }
      if (next == null && !slice.left() && !scheduler.anyReady() && !node.congested()) {
        endSlice();
        // Who comes next begins a slice of its own. Behind long turns it waits in its mailbox, so
        // that all frames are looked at soon: they may be for others.
        if (!slice.tookLong()) {
          slice.renew();
        }
      }
    } catch (Throwable e) {
      node.reaper.broken(index, e);
    } finally {
      arriving = false;
    }
  }

  private boolean mayRunArrived(Task task) {
    return task.sharesTokens && slice.left() && !scheduler.overtakes(task) && !node.halted();
  }

  /** Nothing is to run next: what was put off is done, and about each millisecond looked around. */
  private void betweenSlices() {
    endSlice();
    node.quiescence.passed(index);
    node.flush(index);
    lookAround();
    if (next == null) {
      endSlice();
      node.flush(index);
    }
  }

  private void lookAround() {
    if (!arriving && slice.polls()) {
      events.poll();
      slice.pause();
      expireAlarms();
    }
  }

  private void await(BooleanSupplier condition) {
    node.quiescence.waiting(index);
    backlog.sleeps();
    scheduler.idle().sleeps(index);
    slice.idle();
    if (node.congested()) {
      slice.giveUp();
    }
    long deadline = node.alarms.earliestNanos();
    long timeout = deadline == Alarms.NEVER ? -1 : Math.max(0, deadline - node.nanos());
    until = condition;
    events.waitForEvent(mayBlock, timeout);
    scheduler.idle().wakes(index);
    backlog.wakes();
  }

  private boolean expireAlarms() {
    if (node.alarms.earliestNanos() == Alarms.NEVER) {
      return next != null;
    }
    long now = node.nanos();
    boolean any = next != null;
    for (Task due = node.alarms.expire(now); due != null; due = node.alarms.expire(now)) {
      scheduler.wake(this, due);
      any = true;
    }
    return any;
  }

  private void endSlice() {
    Task over = slice.end(next == null && scheduler.anyReady());
    if (over != null) {
      SchedProtocol.Call.ALLOWANCE_OVER.encode(told, over.endpoint);
      node.post.send(this, node.kernelEndpoint(), node.role(Role.SCHED), told);
    }
  }

  /** Charges the time up to now, so that what is known of it is exact. */
  void settle() {
    slice.settle();
  }

  /** Processes that want a processor, see {@link LoadAverage}. */
  LoadAverage load() {
    return slice.load();
  }

  /** Has the standing of the task that is charged know what it has used. */
  void post() {
    slice.post();
  }

  /** The task of this turn has enough for now. */
  void giveWay(Task task) {
    slice.post();
    scheduler.giveWay(task);
    slice.giveUp();
  }

  /** When it looked at the clock last, see {@link Tracer.Time#LOOKED}; between two slices, now. */
  Tracer.Moment lookedAt() {
    return slice.lookedAt();
  }

  /** Instructions retired on this CPU, a turn counted as some: what virtual time passes by. */
  public long work() {
    return slice.work();
  }

  /** Which CPU of its node this is. */
  int index() {
    return index;
  }

  /** The living task of that endpoint if it is here, or null. */
  @Nullable Task find(int endpoint) {
    return known.find(endpoint);
  }

  /** A frame to fill; owner: this CPU. */
  Frame frame() {
    return frame;
  }

  /** Whether a task that becomes ready may run next here. */
  boolean mayHandOver() {
    return handsOver && mayGoOn();
  }

  /** Whether the task whose turn it is has more letters to read, for which its token is here. */
  boolean hasMore() {
    return delivery.moreLetters();
  }

  private boolean mayGoOn() {
    return next == null && slice.left();
  }

  /** Whether this CPU looks at the ready queue again soon. */
  boolean attentive() {
    return backlog.attentive();
  }

  /** Whether a task is ready that this CPU does not leave to others. */
  boolean anyReady() {
    return scheduler.anyReady() && !backlog.rests();
  }

  /** Whether this CPU knows what it runs next. */
  boolean busy() {
    return next != null;
  }

  /** Runs a task next; its token is this CPU's. */
  void next(Task task) {
    next = task;
    if (waits == task) {
      waits = null;
    }
  }

  /** Whether this CPU keeps that task's token while what it has called has its turn. */
  boolean holds(Task task) {
    return waits == task;
  }

  private void releaseWaiting() {
    Task waiting = waits;
    if (waiting != null) {
      waits = null;
      scheduler.release(this, waiting);
    }
  }

  private void run(Task task) {
    boolean there = true;
    if (!task.sharesTokens) {
      backlog.looksNoMore();
    }
    if (!task.doomed) {
      LongTurns turns = task.longTurns;
      there = turns == null ? give(task) : give(task, turns);
    }
    releaseWaiting();
    if (there) {
      goOn(task);
    }
  }

  /** A task has had its turn, and its token is still here. */
  private void goOn(Task task) {
    boolean more = !task.doomed && (task.anyEvent() || task.runnable());
    if (task.doomed) {
      node.reaper.end(this, task);
    } else if (more && mayGoOn()) {
      scheduler.next(this, task);
    } else if (!more && next != null && next.sharesTokens) {
      waits = task;
    } else {
      if (more && next == null) {
        // Its slice is over: who came meanwhile is queued before it.
        goingOn = true;
        lookAround();
        goingOn = false;
      }
      scheduler.release(this, task);
    }
  }

  /**
   * One turn, or one quantum. A turn that throws sends nothing and is the task's last, at least
   * until it is renewed: its token is gone then, and the answer false.
   */
  private boolean give(Task task) {
    turn.begin(task);
    try {
      if (!delivery.give(task)) {
        guest(task);
      }
      return true;
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      turn.abandon();
      node.reaper.failed(this, task, delivery.doing(), e);
      return false;
    }
  }

  /** The same of a turn that may go on later. */
  private boolean give(Task task, LongTurns turns) {
    try {
      turns.give();
      return true;
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      node.reaper.failed(this, task, turns.doing(), e);
      return false;
    }
  }

  /**
   * Has the turn come to its end that is under way.
   *
   * @param task whose token this CPU has
   * @return false when the turn has failed, and the token is gone
   */
  boolean finish(Task task) {
    LongTurns turns = task.longTurns;
    if (turns != null) {
      turns.hurry();
      return give(task, turns);
    }
    return true;
  }

  /** A turn that is under way has done so much work; whether something is left of its slice. */
  boolean passed(Task task, int work) {
    slice.passed(task, work);
    return slice.left();
  }

  /** The turn under way cannot be left here: it gets another slice. */
  void goesOn() {
    slice.renew();
  }

  /** The turn of an event, or of a trap, is over: what it sends goes out, and it is paid for. */
  void commit(CpuTurn over) {
    over.task().events++;
    over.commit();
    slice.turn(over.task(), over.takeCopied());
  }

  private void guest(Task task) {
    ProcessMachine process = task.process;
    if (process == null || !process.program().runnable()) {
      return;
    }
    delivery.is(Delivery.GUEST_CODE);
    Hart hart = process.hart();
    long before = hart.retired;
    int trap = process.engine(engine).run(hart, process.space(), slice.chunk());
    hart.dropReservation();
    int used = (int) Math.max(1, hart.retired - before);
    slice.instructions(used);
    if (trap == Trap.QUANTUM_OVER) {
      slice.look(task);
    } else {
      trapped(process, trap);
    }
    if (!slice.left() && process.harts() > 1 && !task.doomed) {
      trapped(process, Trap.QUANTUM_OVER);
    }
  }

  private void trapped(ProcessMachine process, int trap) {
    delivery.is(Delivery.TRAP);
    process.program().trap(turn, trap);
    commit(turn);
  }
}
