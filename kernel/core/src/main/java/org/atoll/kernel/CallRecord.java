package org.atoll.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.atoll.abi.Message;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * A call under way: who calls whom, its buffers, and the slot for its answer. Pooled; a late answer
 * finds another sequence in it and lands nowhere.
 *
 * <p>Owner: the caller's turn until it is WAITING; then whoever moves it out of WAITING, once; then
 * the caller again.
 *
 * <p>Invariant: {@link #state} holds the sequence and the phase in one word, so that a phase
 * changes for the call that was meant or not at all.
 */
final class CallRecord {

  /** Nobody uses it. */
  static final int FREE = 0;

  /** The caller's turn fills it. */
  static final int FILLING = 1;

  /** Sent; waits for its answer. */
  static final int WAITING = 2;

  /** The answer is there, or on its way to the caller. */
  static final int ANSWERED = 3;

  /** The caller does not wait any more. */
  static final int ABANDONED = 4;

  /** No node. */
  static final int NOWHERE = -1;

  private static final int PHASE_BITS = 3;

  private static final VarHandle STATE;
  private static final VarHandle CALLEE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(CallRecord.class, "state", long.class);
      CALLEE = MethodHandles.lookup().findVarHandle(CallRecord.class, "callee", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Sequence and phase; a field of its own, for each call goes through it several times. */
  private volatile long state;

  /** The task whose record it is; null when it stands in for one of another node. */
  final @Nullable Task owner;

  /** Who called. A record that stands in for one of another node serves many, one by one. */
  int caller;

  /** Who is to answer. Of a call that waits it is exact: {@link #sent} has published it. */
  private volatile int callee;

  /** Which node its request was sent to when it last left this one, or {@link #NOWHERE}. */
  int sentTo;

  /** Type of the request. */
  int type;

  /** Its caller is on another node; this record stands in for the caller's own. */
  final boolean remote;

  /** Puts a record back into use that stands in for one of another node. */
  final Runnable recycling;

  /** The callee has seen it. Owner: the callee. */
  boolean served;

  /** Its caller wishes it to end, and its callee has not seen it yet. Owner: CPU 0. */
  boolean unwanted;

  /** Its bytes were asked for, and sent, since its request was: that happens once. */
  boolean fetched;

  final Buffer in;
  final Buffer out;

  /** What is asked: filled by the caller's turn, read where it lies by the callee's. */
  final Message question = new Message();

  /** What is answered: by the callee's turn, and nobody else's while the callee lives. */
  final Message answer = new Message();

  /** The callee's turn has answered, once; it counts when the turn is committed. */
  boolean answering;

  /** Letters of the caller's mailbox that come before the answer. */
  long after;

  /** Next in the row of answers. */
  @Nullable CallRecord next;

  /** A record of a task of this node. */
  CallRecord(Frames frames, Staging staging, Task owner) {
    this(frames, staging, owner, null);
    this.caller = owner.endpoint;
  }

  private CallRecord(
      Frames frames, Staging staging, @Nullable Task owner, @Nullable Consumer<CallRecord> pool) {
    this.owner = owner;
    this.in = new Buffer(frames, staging);
    this.out = new Buffer(frames, staging);
    this.remote = pool != null;
    this.recycling = pool == null ? this::free : () -> pool.accept(this);
  }

  /**
   * A record that stands in for those of tasks of other nodes.
   *
   * @param pool takes the record back when it is {@link #recycling}
   */
  static CallRecord remote(Frames frames, Staging staging, Consumer<CallRecord> pool) {
    return new CallRecord(frames, staging, null, pool);
  }

  /** Sequence and phase. */
  long state() {
    return state;
  }

  /** The call's number in its caller. */
  int sequence() {
    return (int) (state >>> PHASE_BITS);
  }

  int phase() {
    return phaseOf(state);
  }

  private static int phaseOf(long word) {
    return (int) word & (1 << PHASE_BITS) - 1;
  }

  /** Who is to answer. */
  int callee() {
    return callee;
  }

  /** Says who is to answer, before the call is {@link #sent}. */
  void callee(int to) {
    CALLEE.setRelease(this, to);
  }

  /** What names the call to the task that serves it. */
  long token() {
    return token(caller, sequence());
  }

  static long token(int caller, int sequence) {
    return (long) caller << 32 | sequence & 0xffff_ffffL;
  }

  /** Begins a call of another task. */
  void begin(int of, int sequence) {
    caller = of;
    served = false;
    begin(sequence);
  }

  /** Begins another call. */
  void begin(int sequence) {
    answering = false;
    sentTo = NOWHERE;
    unwanted = false;
    STATE.setRelease(this, word(sequence, FILLING));
  }

  /**
   * Goes from FILLING to WAITING: from here on anybody may answer it. Whoever looks for the calls
   * of a task that died finds this one, or its caller finds the task dead: for that the caller
   * looks at the task's run token behind a full fence ({@link Scheduler#handOver}).
   */
  void sent() {
    STATE.setRelease(this, word(sequence(), WAITING));
  }

  /** Goes from WAITING to another phase, once, if it is still that call. */
  boolean leaveWaiting(int sequence, int phase) {
    return STATE.compareAndSet(this, word(sequence, WAITING), word(sequence, phase));
  }

  /** Whether that call was abandoned, and its record not used again since. */
  boolean abandoned(int sequence) {
    return state == word(sequence, ABANDONED);
  }

  /** Whether that call is not answered yet, sent or not. */
  boolean unanswered(int sequence) {
    long word = state;
    return word == word(sequence, FILLING) || word == word(sequence, WAITING);
  }

  /**
   * The number of the call if it waits for that callee's answer, else 0. Whom it is for is looked
   * at after it is seen to wait: before, that could be whom the record's last call was for.
   */
  int waitsFor(int endpoint) {
    long word = state;
    boolean waits = phaseOf(word) == WAITING && callee == endpoint && state == word;
    return waits ? (int) (word >>> PHASE_BITS) : 0;
  }

  /** Whether that call waits for its answer. */
  boolean waiting(int sequence) {
    return state == word(sequence, WAITING);
  }

  /** Gives back what it held; it is not used again. */
  void letGo() {
    in.clear();
    out.clear();
  }

  /** Gives back what it held; it can be used again. */
  void free() {
    in.clear();
    out.clear();
    STATE.setRelease(this, word(sequence(), FREE));
  }

  private static long word(int sequence, int phase) {
    return (sequence & 0xffff_ffffL) << PHASE_BITS | phase;
  }
}
