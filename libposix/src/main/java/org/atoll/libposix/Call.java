package org.atoll.libposix;

import java.util.Objects;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * The system call that a thread is in, and what its steps may do.
 *
 * <p>A call is a function that is run once for each step. It returns its result (or a negated
 * errno); or it asks a server and returns {@link #LATER}, and is run again, one step on, when the
 * answer is here. A step must be able to run twice: first it decides, reading guest memory, which
 * may throw {@link Absent} or {@link Failure}; only then it acts. The program counter stays on the
 * {@code ecall} until the result is written, so that a restart is no more than running guest code.
 *
 * <p>Owner: the process's task.
 */
final class Call extends CallRecord {

  /** A step's result: the call waits. */
  static final long LATER = Long.MIN_VALUE;

  /** A step's result: the call is over and wrote all registers itself. */
  static final long DONE = Long.MIN_VALUE + 1;

  /** A step's result: the thread is over. */
  static final long THREAD_EXIT = Long.MIN_VALUE + 5;

  /** A step's result: the process cannot go on and is killed. */
  static final long FATAL = Long.MIN_VALUE + 3;

  /** A step's result: the process ends with the wait status in its state. */
  static final long EXIT = Long.MIN_VALUE + 4;

  private static final byte[] NOTHING = new byte[0];

  private final PosixProgram program;
  private final ThreadState thread;
  private @Nullable Turn turn;

  /** No call yet. */
  Call(PosixProgram program, ThreadState thread) {
    this.program = program;
    this.thread = thread;
  }

  // ---- what a step sees

  /** What the threads of the process share. */
  ProcessState process() {
    return program.process();
  }

  /** What the thread has of its own. */
  ThreadState thread() {
    return thread;
  }

  Signals signals() {
    return thread.signals;
  }

  Threads threads() {
    return program.threads();
  }

  Arrivals arrivals() {
    return program.arrivals();
  }

  /** What VFS is told about the process's job control: see {@link Signals#jobControl}. */
  int jobControl() {
    return thread.signals.jobControl();
  }

  Exec exec() {
    return program.exec();
  }

  /** Whether an id means the process or one of its threads; 0 does. */
  boolean isOwn(int id) {
    return id == 0 || id == process().pid || threads().byId(id) != null;
  }

  /** A signal to the thread itself. */
  void raise(SignalInfo info) {
    arrivals().raise(info, threads().current());
  }

  /** The whole program as it is saved, to be loaded elsewhere, where it waits for this. */
  byte[] snapshotAt(Wait what) {
    waitsFor(what);
    return program.state();
  }

  Turn turn() {
    return Objects.requireNonNull(turn);
  }

  KernelCalls kernel() {
    return turn().kernel();
  }

  /** The message to fill for {@link #ask} and its kin. */
  Message message() {
    return turn().scratch();
  }

  // ---- what a step may end with, besides a result

  /** Asks; the answer is the call's result. */
  long pass(Role role, Message m) {
    return park(Wait.RESULT, turn().call(turn().role(role), m), 0);
  }

  /** Asks with an in-buffer; the answer is the call's result. */
  long pass(Role role, Message m, byte[] in) {
    return park(Wait.RESULT, turn().callWithBytes(turn().role(role), m, in, in.length, 0), 0);
  }

  /** Asks; the next step has the answer, which was no error. */
  long ask(Role role, Message m) {
    return park(Wait.STEP, turn().call(turn().role(role), m), 0);
  }

  /** Asks with buffers; the next step has the answer and its bytes. */
  long ask(Role role, Message m, byte[] in, int outBytes) {
    return park(
        Wait.STEP, turn().callWithBytes(turn().role(role), m, in, in.length, outBytes), outBytes);
  }

  /** Asks for up to {@code outBytes}. */
  long ask(Role role, Message m, int outBytes) {
    return ask(role, m, NOTHING, outBytes);
  }

  /** Asks; the next step has the answer, which may be an error. */
  long attempt(Role role, Message m) {
    return park(Wait.OUTCOME, turn().call(turn().role(role), m), 0);
  }

  /** Asks with buffers; the next step has the answer, which may be an error. */
  long attempt(Role role, Message m, byte[] in, int outBytes) {
    return park(
        Wait.OUTCOME,
        turn().callWithBytes(turn().role(role), m, in, in.length, outBytes),
        outBytes);
  }

  /** Asks with guest memory, which is present, as in-buffer. */
  long attemptFrom(Role role, Message m, long address, int bytes) {
    return park(
        Wait.OUTCOME, guest().machine().call(turn().role(role), m, address, bytes, 0, 0), 0);
  }

  /**
   * Asks with guest memory, which is present, as out-buffer. Where another thread can change what
   * is mapped there while the server works, the bytes are copied when the answer is here.
   */
  long attemptInto(Role role, Message m, long address, int bytes) {
    if (!threads().alone()) {
      long call = turn().callWithBytes(turn().role(role), m, NOTHING, 0, bytes);
      answer.expectFor(address);
      return park(Wait.OUTCOME, call, bytes);
    }
    return park(
        Wait.OUTCOME, guest().machine().call(turn().role(role), m, 0, 0, address, bytes), 0);
  }

  /**
   * Asks a task with guest memory, which is present, as buffers. Where another thread can change
   * what is mapped there while the callee works, both are copied.
   */
  long attemptTo(int task, Message m, long in, int inBytes, long out, int outBytes) {
    if (threads().alone()) {
      return park(Wait.OUTCOME, guest().machine().call(task, m, in, inBytes, out, outBytes), 0);
    }
    byte[] copy = guest().read(in, inBytes);
    long call = turn().callWithBytes(task, m, copy, inBytes, outBytes);
    answer.expectFor(out);
    return park(Wait.OUTCOME, call, outBytes);
  }

  /** Waits for a signal, an alarm or another thread; then this step runs again. */
  long untilEvent() {
    await(Wait.EVENT, 0);
    return LATER;
  }

  /** Lets the step run again in that time. */
  void sleep(long nanos) {
    kernel().setAlarm(sleepTag(), nanos);
  }

  /** Takes {@link #sleep} back. */
  void cancelSleep() {
    kernel().cancelAlarm(sleepTag());
  }

  private long sleepTag() {
    return (long) thread.hart << Integer.SIZE | Timers.SLEEP;
  }

  /** Whether a signal wants to be delivered. */
  boolean signalled() {
    return thread.signals.deliverable();
  }

  private long park(Wait what, long call, int outBytes) {
    if (call < 0) {
      return call;
    }
    stepOn();
    await(what, call);
    answer.expect(outBytes);
    if (interruption() != Interruption.NONE && signalled()) {
      // What can be done at once is done all the same, and a regular file is never waited for.
      cancel();
    }
    return LATER;
  }

  /** Tells the server that is waited for, once, that its answer is wanted now. */
  void cancel() {
    if (cancelsNow()) {
      turn().cancel(waitingFor());
    }
  }

  // ---- for the engine

  /** Begins a turn. */
  void enter(Turn current) {
    turn = current;
    guest().attach(current.kernel().machine(), hole());
  }

  /** Keeps an answer for the next step. */
  void take(Message m) {
    answer.take(turn(), m);
  }
}
