package org.atoll.posix;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Machine;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * The system call that the process is in: what is kept between two messages, and what its steps may
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

  /** A step's result: the process cannot go on and is killed. */
  static final long FATAL = Long.MIN_VALUE + 3;

  /** A step's result: the process ends with the wait status in its state. */
  static final long EXIT = Long.MIN_VALUE + 4;

  private static final int STATE_VERSION = 1;
  private static final int WORDS = 16;
  private static final byte[] NOTHING = new byte[0];

  /** What the process waits for. */
  private Wait wait = Wait.PROGRAM;

  /** The IPC call whose answer is waited for, or 0. */
  private long waitingFor;

  private long number;
  private final long[] arguments = new long[6];
  private int step;
  private final long[] words = new long[WORDS];
  private long progress;
  private byte[] staged = NOTHING;
  private int stagedBytes;
  private int answerBytes;
  private boolean fresh;
  private final long[] answer = new long[Message.WORDS];
  private long absent = Guest.NO_HOLE;
  private long hole = Guest.NO_HOLE;
  private Interruption interruption = Interruption.NONE;

  private final ProcessState process;
  private final Exec exec;
  private final Supplier<byte[]> whole;
  private final Guest guest = new Guest();
  private @Nullable Turn turn;

  /**
   * No call yet.
   *
   * @param whole the state of the whole program, as saved
   */
  Call(ProcessState process, Exec exec, Supplier<byte[]> whole) {
    this.process = process;
    this.exec = exec;
    this.whole = whole;
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
    fresh = false;
  }

  /** Whether there is an answer that no step has dealt with yet. */
  boolean hasAnswer() {
    return fresh;
  }

  /** The last answer is dealt with, even if this step is run again. */
  void handled() {
    fresh = false;
  }

  /** Word 0 to 6 of the last answer; 0 is its result. */
  long answer(int index) {
    return answer[index];
  }

  /** The bytes that the last answer carried, {@link #stagedBytes} of them. */
  byte[] staged() {
    return staged;
  }

  /** How many bytes the last answer carried. */
  int stagedBytes() {
    return stagedBytes;
  }

  ProcessState process() {
    return process;
  }

  /** What VFS is told about the process's job control: see {@link Signals#jobControl}. */
  int jobControl() {
    return process.signals.jobControl();
  }

  Exec exec() {
    return exec;
  }

  Guest guest() {
    return guest;
  }

  /** The whole program as it is saved, to be loaded elsewhere, where it waits for this. */
  byte[] snapshotAt(Wait what) {
    waitsFor(what);
    return whole.get();
  }

  /** The process is where it was to be: as good as an answer without error. */
  void arrived() {
    Arrays.fill(answer, 0);
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

  /** Asks with guest memory, which is present, as out-buffer. */
  long attemptInto(Role role, Message m, long address, int bytes) {
    return park(Wait.OUTCOME, guest.machine().call(turn().role(role), m, 0, 0, address, bytes), 0);
  }

  /** Waits for a signal or an alarm of this process; then this step runs again. */
  long untilEvent() {
    wait = Wait.EVENT;
    waitingFor = 0;
    return LATER;
  }

  /** Whether a signal wants to be delivered. */
  boolean signalled() {
    return process.signals.deliverable();
  }

  private long park(Wait what, long call, int outBytes) {
    if (call < 0) {
      return call;
    }
    step++;
    await(what, call);
    answerBytes = outBytes;
    if (interruption != Interruption.NONE && signalled()) {
      // What can be done at once is done all the same, and a regular file is never waited for.
      turn().cancel(call);
    }
    return LATER;
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
    stagedBytes = 0;
    fresh = false;
    hole(Guest.NO_HOLE);
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

  /** What the process waits for from now on, besides answers. */
  void waitsFor(Wait what) {
    wait = what;
    waitingFor = 0;
  }

  /** The answer that is waited for. */
  void await(Wait what, long call) {
    wait = what;
    waitingFor = call;
  }

  long waitingFor() {
    return waitingFor;
  }

  /** Keeps an answer for the next step. */
  void take(Message m) {
    fresh = true;
    for (int i = 0; i < Message.WORDS; i++) {
      answer[i] = m.word(i);
    }
    if (staged.length < answerBytes) {
      staged = new byte[Math.max(answerBytes, 256)];
    }
    stagedBytes = answerBytes == 0 ? 0 : turn().answerBytes(0, staged, 0, answerBytes);
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
    if (staged.length > Limits.PAGE_BYTES) {
      staged = NOTHING;
    }
    interruption = Interruption.NONE;
    waitsFor(Wait.NOTHING);
    hole(Guest.NO_HOLE);
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION).writeString(wait.name()).writeLong(waitingFor).writeLong(number);
    Words.save(out, arguments);
    out.writeInt(step);
    Words.save(out, words);
    out.writeLong(progress).writeBytes(Arrays.copyOf(staged, stagedBytes));
    out.writeInt(answerBytes);
    Words.save(out, answer);
    out.writeLong(absent).writeLong(hole).writeString(interruption.name());
    out.writeBoolean(fresh);
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
    staged = in.readBytes();
    stagedBytes = staged.length;
    answerBytes = in.readInt();
    Words.load(in, answer);
    absent = in.readLong();
    hole = in.readLong();
    interruption = Interruption.valueOf(in.readString());
    fresh = in.readBoolean();
  }
}
