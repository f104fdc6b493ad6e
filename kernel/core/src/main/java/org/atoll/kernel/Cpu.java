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
 * them, and none when the caller's slice is used up. A slice is counted in instructions, of which a
 * turn counts as some, so that it is the same in every run.
 *
 * <p>Owner: the thread that calls {@link #run} or {@link #step}, always the same.
 */
public final class Cpu {

  /** What a turn of a server counts as, in instructions; measured, see ADR 13. */
  static final int TURN_COST = 100;

  /** What a turn of a process counts as: a trap, or an answer. */
  static final int TRAP_COST = 30;

  /** How much may be spent before arrived events are looked at: about a millisecond. */
  static final int POLL_COST = 100_000;

  /**
   * The longest slice, whatever its instructions and turns really take, but for the one under way.
   */
  private static final long SLICE_NANOS = 2_000_000;

  /** Guest instructions, and work, after which that is looked at: the clock is not for free. */
  private static final int CHUNK_INSTRUCTIONS = 16_384;

  private static final int CHUNK_COST = 16 * TURN_COST;

  /** The same while turns take no longer than they count, and a time that they may take then. */
  private static final int QUICK_CHUNK_COST = 4 * CHUNK_COST;

  private static final long QUICK_NANOS = 10_000;

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

  private final Ledger ledger;

  private final Backlog backlog;

  /** Of the processes that run here, and on the first CPU of those that are ready. */
  private final LoadAverage load = new LoadAverage();

  private final Message told = new Message();
  private long sliceStartNanos;

  /** When the clock was looked at within the slice. */
  private long lookedNanos;

  /** The same for a tracer. */
  private final Tracer.Moment looked;

  /** When the last slice ended, if it ended just now, else 0: the next one begins then. */
  private long justNowNanos;

  // What follows is in instructions since the start, turns included: the ledger's work.

  /** When the slice is used up. */
  private long budgetEnd;

  /** When arrived events are to be looked at. */
  private long pollAt = POLL_COST;

  /** When the clock is to be looked at. */
  private long lookAt;

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
    this.ledger = new Ledger(node);
    this.backlog = new Backlog(scheduler, index, cpus);
    this.looked = new Tracer.Moment(node.number(), index, 0);
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
      backlog.loopEnds();
      justNowNanos = 0;
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
    justNowNanos = 0;
    return !expireAlarms() && backlog.rests();
  }

  /**
   * Gives one turn or one quantum, without waiting: who calls it instead of {@link #run} also lets
   * the CPU's {@link EventWait} poll and time pass.
   *
   * @return false when no task was ready and no alarm due
   */
  public boolean step() {
    if (next == null) {
      betweenSlices();
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
    }
    if (task == null) {
      justNowNanos = 0;
      return expireAlarms();
    }
    charge(task);
    run(task);
    return true;
  }

  private void charge(Task task) {
    if (ledger.closed()) {
      task.standing.begin();
      budgetEnd = work() + task.standing.left(node.quantum());
      sliceStartNanos = justNowNanos != 0 ? justNowNanos : node.nanos();
      load.note(sliceStartNanos, 0);
      backlog.sliceBegins(sliceStartNanos, work());
      lookedNanos = sliceStartNanos;
      lookAt = work() + CHUNK_COST;
      ledger.open(task, sliceStartNanos);
    } else if (task.process != null) {
      ledger.charge(task);
    }
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
      for (Task task = next; mayRunArrived(task); task = next) {
        next = null;
        charge(task);
        run(task);
      }
      if (next == null && !budgetLeft() && !scheduler.anyReady()) {
        // Nobody else wants to run: who comes next begins a slice of its own.
        endSlice();
        budgetEnd = work() + node.quantum();
      }
    } catch (Throwable e) {
      node.reaper.broken(index, e);
    } finally {
      arriving = false;
    }
  }

  private boolean mayRunArrived(@Nullable Task task) {
    return task != null
        && task.sharesTokens
        && budgetLeft()
        && !scheduler.overtakes(task)
        && !node.halted();
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
    if (work() >= pollAt && !arriving) {
      pollAt = work() + POLL_COST;
      events.poll();
      justNowNanos = 0;
      expireAlarms();
    }
  }

  private void await(BooleanSupplier condition) {
    node.quiescence.waiting(index);
    backlog.sleeps();
    scheduler.idle().sleeps(index);
    ledger.idle();
    budgetEnd = work() + node.quantum();
    pollAt = work() + POLL_COST;
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
    if (ledger.closed()) {
      return;
    }
    long now = node.nanos();
    noteLoad(now);
    Task over = ledger.allowanceOver();
    ledger.close(now);
    justNowNanos = now;
    backlog.sliceEnds(now, work());
    if (now - sliceStartNanos >= SLICE_NANOS) {
      pollAt = work();
    }
    if (over != null) {
      SchedProtocol.Call.ALLOWANCE_OVER.encode(told, over.endpoint);
      node.post.send(this, node.kernelEndpoint(), node.role(Role.SCHED), told);
    }
  }

  private void noteLoad(long now) {
    int running = ledger.chargesProcess() ? 1 : 0;
    load.note(now, index == 0 ? running + scheduler.readyProcesses() : running);
  }

  /** Charges the time up to now, so that what is known of it is exact. */
  void settle() {
    long now = node.nanos();
    noteLoad(now);
    ledger.settle(now);
  }

  /** Processes that want a processor, see {@link LoadAverage}. */
  LoadAverage load() {
    return load;
  }

  /** Has the standing of the task that is charged know what it has used. */
  void post() {
    ledger.post();
  }

  /** The task of this turn has enough for now. */
  void giveWay(Task task) {
    ledger.post();
    scheduler.giveWay(task);
    budgetEnd = work();
  }

  /** When it looked at the clock last, see {@link Tracer.Time#LOOKED}; between two slices, now. */
  Tracer.Moment lookedAt() {
    if (!ledger.closed()) {
      return looked.set(lookedNanos);
    }
    return looked.set(justNowNanos != 0 ? justNowNanos : node.nanos());
  }

  /** Instructions retired on this CPU, a turn counted as some: what virtual time passes by. */
  public long work() {
    return ledger.work();
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
    return next == null && budgetLeft();
  }

  private boolean budgetLeft() {
    return work() < budgetEnd;
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
      turn.begin(task);
      there = give(task);
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

  /** The turn of an event, or of a trap, is over: what it sends goes out, and it is paid for. */
  void commit() {
    turn.task().events++;
    turn.commit();
    int cost = (turn.task().process == null ? TURN_COST : TRAP_COST) + turn.takeCopied();
    ledger.turn(cost);
    if (work() >= lookAt) {
      endLongSlice();
    }
  }

  private void endLongSlice() {
    long now = node.nanos();
    if (now - sliceStartNanos >= SLICE_NANOS) {
      budgetEnd = work();
      pollAt = work();
    }
    boolean quick = now - lookedNanos < QUICK_NANOS;
    lookAt = work() + (quick ? QUICK_CHUNK_COST : CHUNK_COST);
    lookedNanos = now;
    if (turn.task().sharesTokens) {
      backlog.turnsEnd(now);
    }
  }

  private void guest(Task task) {
    ProcessMachine process = task.process;
    if (process == null || !process.program().runnable()) {
      return;
    }
    delivery.is(Delivery.GUEST_CODE);
    Hart hart = process.hart();
    long before = hart.retired;
    int chunk = Math.clamp(budgetEnd - work(), 1, CHUNK_INSTRUCTIONS);
    int trap = process.engine(engine).run(hart, process.space(), chunk);
    hart.dropReservation();
    int used = (int) Math.max(1, hart.retired - before);
    ledger.instructions(used);
    if (trap == Trap.QUANTUM_OVER) {
      endLongSlice();
    }
    if (trap != Trap.QUANTUM_OVER) {
      trapped(process, trap);
    }
    if (!budgetLeft() && process.harts() > 1 && !task.doomed) {
      trapped(process, Trap.QUANTUM_OVER);
    }
  }

  private void trapped(ProcessMachine process, int trap) {
    delivery.is(Delivery.TRAP);
    process.program().trap(turn, trap);
    commit();
  }
}
