package org.atoll.libposix;

import java.util.Arrays;
import org.atoll.abi.AtollCall;
import org.atoll.abi.Machine;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * The record of a system call: what is kept of it between two messages, and nothing else.
 *
 * <p>Owner: the process's task.
 */
class CallRecord {

  private static final int STATE_VERSION = 2;
  private static final int WORDS = 16;

  /** What the thread waits for. */
  private Wait wait = Wait.PROGRAM;

  /** The IPC call whose answer is waited for, or 0. */
  private long waitingFor;

  private long number;
  private final long[] arguments = new long[6];
  private int step;
  private final long[] words = new long[WORDS];
  private long progress;
  final Answer answer = new Answer();

  /** Whether the call that is waited for was cancelled. */
  private boolean cancelled;

  private long absent = Guest.NO_HOLE;
  private long hole = Guest.NO_HOLE;
  private Interruption interruption = Interruption.NONE;

  private final Guest guest = new Guest();

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

  /** The next answer is for the step after this one. */
  void stepOn() {
    step++;
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

  Guest guest() {
    return guest;
  }

  /** The process is where it was to be: as good as an answer without error. */
  void arrived() {
    answer.succeed();
  }

  // ---- its life

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

  /** Whether the call that is waited for is to be cancelled now: it was not yet. */
  boolean cancelsNow() {
    boolean first = !cancelled;
    cancelled = true;
    return first;
  }

  long waitingFor() {
    return waitingFor;
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

  /** The page that VM could not make present. */
  long hole() {
    return hole;
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
