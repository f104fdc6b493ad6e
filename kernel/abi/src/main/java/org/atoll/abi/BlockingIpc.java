package org.atoll.abi;

/**
 * IPC for stackful tasks: programs in Java that wait in the middle of their code. Such a task
 * cannot be saved, moved or replaced.
 *
 * <p>What is sent becomes visible, in order, no later than when the task waits next. Results are 0
 * or positive, or a negated {@link Errno}. Owner: the task's body, while it has its turn.
 *
 * <p><b>Hold no lock while you wait</b> here. Who starts the task chooses what carries its stack:
 * on a thread of its own a lock that is held stays the task's, and stops the CPU of whoever wants
 * it; on a continuation it is everybody's. A task that is ended while it waits unwinds: its {@code
 * finally} blocks run, and the primitives throw there.
 */
public interface BlockingIpc {

  /** What a stackful task does, from its start to its end. */
  @FunctionalInterface
  interface Body {

    /** Runs the task; when it returns the task ends, when it throws the task fails. */
    void run(BlockingIpc ipc);
  }

  /** Waits for ever. */
  long FOREVER = -1;

  /** Type of a received message that is a notification; the source is the notifier. */
  int NOTIFICATION = -1;

  /**
   * Type of a received message that asks to end request {@code w0}, see {@link Handler#cancelled}.
   */
  int CANCELLED = -2;

  /** Type of a received message that is an alarm with tag {@code w0}; the source is the host. */
  int ALARM = -3;

  /** This task's endpoint. */
  int self();

  /** The endpoint that serves a role for this task, or {@link Endpoint#NONE}. */
  int role(Role role);

  /** The kernel calls. */
  KernelCalls kernel();

  /**
   * Sends a one-way message, waiting while the receiver's mailbox is full.
   *
   * @return 0; {@code -EDEADSRCDST} when the receiver is or gets dead; {@code -ECALLDENIED}; {@code
   *     -ELOCKED} when the receiver waits, itself or through others, for this task
   */
  int send(int destination, Message m);

  /** Sends a one-way message, or answers {@code -ENOTREADY} when the receiver's mailbox is full. */
  int sendNoWait(int destination, Message m);

  /**
   * Sends a one-way message that the kernel holds while the mailbox is full, see {@link Turn#send}.
   */
  int sendAsync(int destination, Message m);

  /** Sets this task's bit in the receiver. */
  int notify(int destination);

  /**
   * Waits for a message, request or notification.
   *
   * @param source from whom, or {@link Endpoint#ANY}; others are set aside until they are asked for
   * @param m receives the message
   * @param timeoutNanos how long at most, or {@link #FOREVER}
   * @return the request to answer with {@link #reply} when the sender waits for an answer, else 0;
   *     {@code -ETIMEDOUT}; {@code -EDEADSRCDST} when that source is or gets dead
   */
  long receive(int source, Message m, long timeoutNanos);

  /**
   * Calls and waits for the answer, which replaces the request in {@code m}.
   *
   * @return 0 when answered; {@code -ETIMEDOUT}: a late answer lands nowhere; {@code -EDEADSRCDST};
   *     {@code -ECALLDENIED}; {@code -ELOCKED} as in {@link #send}
   */
  int sendReceive(int destination, Message m, long timeoutNanos);

  /** Answers a request. */
  void reply(long request, Message answer);
}
