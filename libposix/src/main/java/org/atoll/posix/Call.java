package org.atoll.posix;

import java.util.Arrays;
import java.util.Objects;
import org.atoll.abi.AtollCall;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Machine;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * The system call that a thread is in: what is kept between two messages, and what its steps may
 * do.
 *
 * <p>A call is a function that is run once for each step. It returns its result (or a negated
 * errno); or it asks a server and returns {@link #LATER}, and is run again, one step on, when the
 * answer is here. A step must be able to run twice: first it decides, reading guest memory, which
 * may throw {@link Absent} or {@link Failure}; only then it acts. The program counter stays on the
 * {@code ecall} until the result is written, so that a restart is no more than running guest code.
 *
 * <p>Owner: the process's task.
 */
final class Call {

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

  private static final int STATE_VERSION = 2;
  private static final int WORDS = 16;
  private static final byte[] NOTHING = new byte[0];

  /** What the thread waits for. */
  private Wait wait = Wait.PROGRAM;

  /** The IPC call whose answer is waited for, or 0. */
  private long waitingFor;

  private long number;
  private final long[] arguments = new long[6];
  private int step;
  private final long[] words = new long[WORDS];
  private long progress;
  private final Answer answer = new Answer();

  /** Whether the call that is waited for was cancelled. */
  private boolean cancelled;

  private long absent = Guest.NO_HOLE;
  private long hole = Guest.NO_HOLE;
  private Interruption interruption = Interruption.NONE;

  private final PosixProgram program;
  private final ThreadState thread;
  private final Guest guest = new Guest();
  private @Nullable Turn turn;

  /** No call yet. */
  Call(PosixProgram program, ThreadState thread) {
    this.program = program;
    this.thread = thread;
  }

  // ---- what a step sees

  /** Argument 0 to 5 as the register has it. */
  long arg(int index) {
    return arguments[index];
  }

  /** Argument 0 to 5 as a C {@code int}. */
  int intArg(int index) {
    return (int) arguments[index];
  }

  /** The step: 0 at first, then one more after each answer. */
  int step() {
    return step;
  }

  /** Chooses the step that comes after the next answer. */
  void nextStep(int value) {
    step = value - 1;
  }

  /** Word 0 to 15 that the call keeps for itself; 0 at first. */
  long word(int index) {
    return words[index];
  }

  /** Keeps a word. */
  void word(int index, long value) {
    words[index] = value;
  }

  /** Bytes done, the result when a signal or an error ends the call half-way. */
  long progress() {
    return progress;
  }

  /** Adds to the bytes done; the last answer is dealt with. */
  void advance(long bytes) {
    progress += bytes;
    answer.handled();
  }

  /** Whether there is an answer that no step has dealt with yet. */
  boolean hasAnswer() {
    return answer.isFresh();
  }

  /** The last answer is dealt with, even if this step is run again. */
  void handled() {
    answer.handled();
  }

  /** Word 0 to 6 of the last answer; 0 is its result. */
  long answer(int index) {
    return answer.word(index);
  }

  /** The bytes that the last answer carried, {@link #stagedBytes} of them. */
  byte[] staged() {
    return answer.staged();
  }

  /** How many bytes the last answer carried. */
  int stagedBytes() {
    return answer.stagedBytes();
  }

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

  Guest guest() {
    return guest;
  }

  /** The whole program as it is saved, to be loaded elsewhere, where it waits for this. */
  byte[] snapshotAt(Wait what) {
    waitsFor(what);
    return program.state();
  }

  /** The process is where it was to be: as good as an answer without error. */
  void arrived() {
    answer.succeed();
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
    return park(Wait.OUTCOME, guest.machine().call(turn().role(role), m, address, bytes, 0, 0), 0);
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
    return park(Wait.OUTCOME, guest.machine().call(turn().role(role), m, 0, 0, address, bytes), 0);
  }

  /**
   * Asks a task with guest memory, which is present, as buffers. Where another thread can change
   * what is mapped there while the callee works, both are copied.
   */
  long attemptTo(int task, Message m, long in, int inBytes, long out, int outBytes) {
    if (threads().alone()) {
      return park(Wait.OUTCOME, guest.machine().call(task, m, in, inBytes, out, outBytes), 0);
    }
    byte[] copy = guest.read(in, inBytes);
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
    step++;
    await(what, call);
    answer.expect(outBytes);
    if (interruption != Interruption.NONE && signalled()) {
      // What can be done at once is done all the same, and a regular file is never waited for.
      cancel();
    }
    return LATER;
  }

  /** Tells the server that is waited for, once, that its answer is wanted now. */
  void cancel() {
    if (!cancelled) {
      cancelled = true;
      turn().cancel(waitingFor);
    }
  }

  // ---- for the engine

  /** Begins a turn. */
  void enter(Turn current) {
    turn = current;
    guest.attach(current.kernel().machine(), hole);
  }

  /** A new call: number and arguments from the registers. */
  void begin(Machine machine, Interruption kind) {
    number = machine.x(17);
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = machine.x(10 + i);
    }
    begin(number, kind);
  }

  /** A new call that the process did not make itself. */
  void begin(long callNumber, Interruption kind) {
    number = callNumber;
    interruption = kind;
    step = 0;
    progress = 0;
    Arrays.fill(words, 0);
    answer.clear();
    hole(Guest.NO_HOLE);
  }

  /** Whether the call makes a thread or a process. */
  boolean isClone() {
    return wait != Wait.NOTHING && number == Processes.CLONE;
  }

  /** Whether the call is an exec that waits for another thread's. */
  boolean isExec() {
    return wait == Wait.EVENT && (number == SystemCalls.EXECVE || number == Processes.EXECVEAT);
  }

  /** Whether the call waits in VFS for descriptors, those of signals included. */
  boolean watchesSignals() {
    return wait == Wait.OUTCOME && Deadline.concerns(number);
  }

  /** Whether the call waits for what others send. */
  boolean receives() {
    return wait == Wait.EVENT && number == AtollCall.RECEIVE;
  }

  /** The last call of the thread: its end. */
  void beginEnd() {
    begin(Processes.EXIT, Interruption.NONE);
    waitsFor(Wait.NOTHING);
  }

  /** Whether the call is the end of the thread. */
  boolean isEnding() {
    return number == Processes.EXIT;
  }

  long number() {
    return number;
  }

  Interruption interruption() {
    return interruption;
  }

  /** The other kind, for a call whose arguments decide it. */
  void interruption(Interruption kind) {
    interruption = kind;
  }

  Wait waitsFor() {
    return wait;
  }

  /** What the thread waits for from now on, besides answers. */
  void waitsFor(Wait what) {
    await(what, 0);
  }

  /** The answer that is waited for. */
  void await(Wait what, long call) {
    wait = what;
    waitingFor = call;
    cancelled = false;
  }

  long waitingFor() {
    return waitingFor;
  }

  /** Keeps an answer for the next step. */
  void take(Message m) {
    answer.take(turn(), m);
  }

  /** Brings what the answer carried to the memory that it is for, before a step sees it. */
  void receive() {
    answer.deliver(guest);
  }

  /** The address that VM is asked for. */
  void absent(long address) {
    absent = address;
  }

  /** VM could not make it present: steps fail there with EFAULT, or stop short of it. */
  void unreachable() {
    hole(absent);
  }

  private void hole(long address) {
    hole = address;
    guest.hole(address);
  }

  /** In the child of a fork: the call goes on at a step of its own when the child is let go. */
  void becomeChild() {
    step = Processes.CHILD;
    waitsFor(Wait.FORKED);
  }

  /** The call is over. */
  void end() {
    answer.shrink();
    interruption = Interruption.NONE;
    waitsFor(Wait.NOTHING);
    hole(Guest.NO_HOLE);
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION).writeString(wait.name()).writeLong(waitingFor).writeLong(number);
    Words.save(out, arguments);
    out.writeInt(step);
    Words.save(out, words);
    out.writeLong(progress);
    answer.save(out);
    out.writeLong(absent).writeLong(hole).writeString(interruption.name());
    out.writeBoolean(cancelled);
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    wait = Wait.valueOf(in.readString());
    waitingFor = in.readLong();
    number = in.readLong();
    Words.load(in, arguments);
    step = in.readInt();
    Words.load(in, words);
    progress = in.readLong();
    answer.load(in);
    absent = in.readLong();
    hole = in.readLong();
    interruption = Interruption.valueOf(in.readString());
    cancelled = in.readBoolean();
  }
}
