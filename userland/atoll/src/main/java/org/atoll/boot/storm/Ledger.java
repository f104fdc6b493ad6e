package org.atoll.boot.storm;

import org.atoll.abi.Errno;

/**
 * What has become of each message of a storm, whichever node it is on: the simulation is one
 * thread, so one book is kept for all nodes. Of calls it knows the last {@value #KEPT} of each
 * caller, of messages the number of the last one between each two.
 */
final class Ledger {

  private static final int KEPT = 256;
  private static final byte BEGUN = 1;
  private static final byte SERVED = 2;
  private static final byte ANSWERED = 3;

  /** Answered for its callee, for a node died that it was sent through: it may still be served. */
  private static final byte GIVEN_UP = 4;

  private final int tasks;
  private final long most;
  private final long[] begun;
  private final byte[] state;
  private final long[] told;
  private final long[] said;
  private long messages;
  private long late;
  private long cancelled;
  private long failed;

  /**
   * Of tasks that are numbered from 0 on.
   *
   * @param most messages after which the tasks begin nothing more
   */
  Ledger(int tasks, long most) {
    this.tasks = tasks;
    this.most = most;
    begun = new long[tasks];
    state = new byte[tasks * KEPT];
    told = new long[tasks * tasks];
    said = new long[tasks * tasks];
  }

  /** What an answer says to the call of that name. */
  static long answer(long call) {
    return call * 0x9e37_79b9_7f4a_7c15L ^ call >>> 17;
  }

  /** Whether a task may call: not while one of its calls is so old that it would be forgotten. */
  boolean mayBegin(int caller) {
    long number = begun[caller];
    return messages < most && (number < KEPT || state[place(caller, number)] >= ANSWERED);
  }

  /** The name of a task's next call. */
  long begin(int caller) {
    long number = begun[caller]++;
    state[place(caller, number)] = BEGUN;
    messages++;
    return (long) caller << 40 | number;
  }

  private static int callerOf(long call) {
    return (int) (call >>> 40);
  }

  private static long numberOf(long call) {
    return call & (1L << 40) - 1;
  }

  private static int place(int caller, long number) {
    return caller * KEPT + (int) (number % KEPT);
  }

  private int placeOf(long call) {
    int caller = callerOf(call);
    long number = numberOf(call);
    if (caller >= tasks || number >= begun[caller] || number < begun[caller] - KEPT) {
      throw new Broken("nobody made call " + name(call) + ", or long ago");
    }
    return place(caller, number);
  }

  private static String name(long call) {
    return callerOf(call) + "." + numberOf(call);
  }

  /** A call has come to the task that serves it: once, and while its caller waits or gave up. */
  void serve(long call) {
    int place = placeOf(call);
    if (state[place] != BEGUN && state[place] != GIVEN_UP) {
      throw new Broken("call " + name(call) + " came a second time, or after its answer");
    }
    state[place] = state[place] == BEGUN ? SERVED : ANSWERED;
    messages++;
  }

  /**
   * A call was answered.
   *
   * @param mayFail whether who was to answer may be dead
   * @param mayEnd whether its caller wanted it to end
   */
  void answered(long call, long result, boolean mayFail, boolean mayEnd) {
    int place = placeOf(call);
    if (state[place] >= ANSWERED) {
      throw new Broken("call " + name(call) + " was answered twice");
    }
    boolean right = result == answer(call) && state[place] == SERVED;
    if (!right && !(mayFail && result == -Errno.EDEADSRCDST)) {
      if (!(mayEnd && result == -Errno.EINTR)) {
        throw new Broken("call " + name(call) + " was answered " + result);
      }
      cancelled++;
    }
    boolean dead = !right && result == -Errno.EDEADSRCDST;
    failed += dead ? 1 : 0;
    state[place] = dead && state[place] == BEGUN ? GIVEN_UP : ANSWERED;
  }

  /** An answer was given to a call that had one: it goes nowhere. */
  void late() {
    late++;
  }

  /** The number of the next message from one task to another. */
  long say(int from, int to) {
    messages++;
    return ++said[from * tasks + to];
  }

  /** A message has arrived: after all that were sent before, none of which is missing. */
  void tell(int from, int to, long number) {
    long expected = ++told[from * tasks + to];
    if (number != expected) {
      throw new Broken(
          "task " + to + " was told message " + number + " of task " + from + ", not " + expected);
    }
  }

  /** Whether everything that one task said to another has arrived. */
  boolean allTold(int from, int to) {
    return told[from * tasks + to] == said[from * tasks + to];
  }

  /** A notification is on its way. */
  void notified() {
    messages++;
  }

  /** Calls, their answers as far as they were given by who served them, messages, notifications. */
  long messages() {
    return messages;
  }

  /** Whether more is to be begun. */
  boolean more() {
    return messages < most;
  }

  /** Calls that ended because their callers wanted it. */
  long cancelled() {
    return cancelled;
  }

  /** Calls that ended because the other end, or its node, did. */
  long failed() {
    return failed;
  }

  /** Answers that came too late. */
  long lateAnswers() {
    return late;
  }
}
