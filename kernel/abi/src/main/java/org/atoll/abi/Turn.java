package org.atoll.abi;

/**
 * What a task may do in a turn: IPC, and kernel calls. Valid only during the turn.
 *
 * <p>Messages are copied when they are handed over and committed when the turn ends, in order. The
 * methods return 0 or a positive value, or a negated {@link Errno}; {@code -ECALLDENIED} when the
 * task's privileges do not allow the receiver.
 */
public interface Turn {

  /** This task's endpoint. */
  int self();

  /** The node that the task is on. */
  int node();

  /** The endpoint that serves a role for this task, or {@link Endpoint#NONE}. */
  int role(Role role);

  /**
   * Sends without waiting for an answer or for room: the kernel holds what does not fit in the
   * receiver's mailbox and delivers in order (MINIX {@code senda}). Errors: {@code EDEADSRCDST},
   * {@code ECALLDENIED}, {@code ENOBUFS} (over {@link Limits#SENDS_PER_TURN_MAX} in this turn, or
   * the receiver has {@link Limits#LETTERS_HELD_MAX} that it does not take: later there is room).
   */
  int send(int destination, Message m);

  /** Sets this task's bit in the receiver: never lost, never doubled. */
  int notify(int destination);

  /**
   * Begins a call (MINIX {@code sendrec}) without buffers. The answer arrives as {@link
   * Handler#answered}; so does {@code -EDEADSRCDST} when the receiver is or gets dead.
   *
   * @return the call id, positive
   */
  long call(int destination, Message m);

  /**
   * Begins a call whose in-buffer is a copy of {@code in[0, inBytes)} and whose answer may carry up
   * to {@code outBytes}, to be read in {@link Handler#answered} with {@link #answerBytes}.
   */
  long callWithBytes(int destination, Message m, byte[] in, int inBytes, int outBytes);

  /**
   * Begins a call that lends the callee parts of the buffers of a request that this task is
   * serving. Offsets and lengths in bytes; a length of 0 lends nothing. The request must stay
   * unanswered until the call is answered.
   */
  long callLending(
      int destination,
      Message m,
      long request,
      int inOffset,
      int inBytes,
      int outOffset,
      int outBytes);

  /** Begins a call whose out-buffer is {@code bytes} of a frame from {@code offset} on. */
  long callWithFrame(int destination, Message m, int frame, int offset, int bytes);

  /**
   * Copies out of what the answer carried; only in {@link Handler#answered}.
   *
   * @return bytes copied, fewer when the answer carried less
   */
  int answerBytes(int offset, byte[] target, int targetOffset, int bytes);

  /** Asks the callee to end a call of this task; it is answered all the same, once. */
  void cancel(long call);

  /** Answers a request. An answer to a caller that no longer waits goes nowhere. */
  void reply(long request, Message answer);

  /** Answers with a result alone. */
  void reply(long request, long result);

  /** Answers with a result and one more word. */
  void reply(long request, long result, long w1);

  /** Answers with a result and two more words. */
  void reply(long request, long result, long w1, long w2);

  /** The endpoint that made a request. */
  static int caller(long request) {
    return (int) (request >>> 32);
  }

  /** A message to fill and hand to one of the methods above; the same one all through the turn. */
  Message scratch();

  /** The kernel calls. */
  KernelCalls kernel();
}
