package org.atoll.kernel;

import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.hypercall.cpu.Coroutine;
import org.atoll.hypercall.cpu.Coroutines;
import org.jspecify.annotations.Nullable;

/**
 * A task with a stack: a coroutine that runs only while a CPU gives it a turn. Its turn ends where
 * it waits; the event that it waits for begins the next one.
 *
 * <p>Owner: the CPU that holds the token; the body, while that CPU has resumed it. Hot side.
 */
final class Stackful implements Handler {

  /** Source of a notification of the kernel's own: look again whether you still have to wait. */
  static final int LOOK_AGAIN = Endpoint.NONE;

  /** Tag of the alarm that ends a wait. */
  static final long TIMEOUT = Long.MIN_VALUE;

  /** What it waits for. */
  enum Wait {
    /** Its start. */
    START,
    /** A letter or notification. */
    LETTER,
    /** The answer to a call. */
    ANSWER,
    /** Room in a mailbox. */
    ROOM
  }

  /** Unwinds the stack of a task that was ended. */
  private static final class Ended extends Error {
    private static final long serialVersionUID = 1;

    Ended() {
      super("the task has ended", null, false, false);
    }
  }

  /** So often a body that was ended is told so; one that still goes on is left where it is. */
  private static final int TOLD_MAX = 1_000;

  private final BlockingIpc.Body body;
  private final Coroutine coroutine;
  private final Asides aside = new Asides();
  private final Message told = new Message();
  private @Nullable CpuTurn turn;
  private @Nullable Throwable failure;
  private boolean begun;
  private boolean ended;
  private int toldEnded;
  private boolean timeoutSet;
  private boolean timedOut;
  private Wait wait = Wait.START;
  private int source = Endpoint.ANY;
  private long letter;
  private long call;

  /** Where to put what is waited for; null when it is there. */
  private @Nullable Message into;

  Stackful(String name, BlockingIpc.Body body, Coroutines coroutines) {
    this.body = body;
    this.coroutine = coroutines.of(name, this::live);
  }

  // ---- the CPU's side

  /** Whether letters may be taken out of the mailbox. */
  boolean wantsLetters() {
    return wait == Wait.LETTER;
  }

  /** The task is over; its stack, if it has one, unwinds before this returns. */
  void end() {
    if (begun && !ended) {
      ended = true;
      turn = null;
      coroutine.resume();
    }
    ended = true;
  }

  private void resume(Turn current) {
    CpuTurn given = (CpuTurn) current;
    turn = given;
    begun = true;
    if (!coroutine.resume()) {
      ended = true;
      over(given);
    } else if (failure != null) {
      over(given);
    }
  }

  /** The body has returned, or failed. */
  private void over(CpuTurn last) {
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw new IllegalStateException("the body of a stackful task threw", thrown);
    }
    last.task().doomed = true;
  }

  private void arrived(Turn current, long request, Message m) {
    Message to = into;
    boolean wanted = wait == Wait.LETTER && (source == Endpoint.ANY || source == m.source);
    if (!wanted || to == null) {
      aside.add(request, m);
      return;
    }
    to.copyFrom(m);
    letter = request;
    into = null;
    resume(current);
  }

  @Override
  public void request(Turn current, long request, Message m) {
    arrived(current, request, m);
  }

  @Override
  public void message(Turn current, Message m) {
    arrived(current, 0, m);
  }

  @Override
  public void notified(Turn current, int from) {
    if (wait == Wait.START && from == LOOK_AGAIN) {
      return;
    }
    if (wait == Wait.START) {
      resume(current);
    } else if (from != LOOK_AGAIN) {
      told.set(BlockingIpc.NOTIFICATION, 0, 0, 0, 0, 0, 0, 0).source = from;
      arrived(current, 0, told);
    } else if (wait != Wait.ANSWER) {
      resume(current);
    }
  }

  @Override
  public void answered(Turn current, long answeredCall, Message m) {
    Message to = into;
    if (wait == Wait.ANSWER && answeredCall == call && to != null) {
      to.copyFrom(m);
      into = null;
      resume(current);
    }
  }

  @Override
  public void alarm(Turn current, long tag) {
    if (tag == TIMEOUT) {
      timedOut = true;
      timeoutSet = false;
      resume(current);
    } else {
      told.set(BlockingIpc.ALARM, tag, 0, 0, 0, 0, 0, 0).source = Endpoint.HOST;
      arrived(current, 0, told);
    }
  }

  @Override
  public void cancelled(Turn current, long request) {
    told.set(BlockingIpc.CANCELLED, request, 0, 0, 0, 0, 0, 0).source = Turn.caller(request);
    arrived(current, 0, told);
  }

  @Override
  public void save(StateWriter out) {
    throw new IllegalStateException("a stackful task cannot be saved");
  }

  @Override
  public void load(StateReader in) {
    throw new IllegalStateException("a stackful task cannot be loaded");
  }

  @Override
  public void restore(StateReader in) {
    throw new IllegalStateException("a stackful task cannot be restored");
  }

  // ---- the body's side

  private void live() {
    try {
      body.run(new StackfulIpc(this));
    } catch (Ended over) {
      return;
    } catch (Throwable thrown) {
      fails(thrown);
    }
  }

  /** Notes why the task ends; the first reason counts. */
  private void fails(Throwable why) {
    if (failure == null && !ended) {
      failure = why;
    }
  }

  /** The turn that the body has. */
  CpuTurn turn() {
    CpuTurn current = turn;
    if (ended || current == null) {
      throw ended();
    }
    return current;
  }

  private Ended ended() {
    while (++toldEnded > TOLD_MAX) {
      coroutine.suspend();
    }
    return new Ended();
  }

  /** Ends the turn; returns with the next one, when what is waited for may have come. */
  private void await(Wait what) {
    wait = what;
    turn = null;
    try {
      coroutine.suspend();
    } catch (IllegalStateException cannotBeLeft) {
      fails(cannotBeLeft);
      throw cannotBeLeft;
    }
    if (ended) {
      throw ended();
    }
  }

  /** Ends the turn until a mailbox may have room. */
  void awaitRoom() {
    await(Wait.ROOM);
  }

  /**
   * Ends the turn until a letter may have come from a source, of which none is set aside.
   *
   * @return the letter's request, 0 for one without, and then it is in {@code to}; or NONE
   */
  long awaitLetter(int from, Message to) {
    source = from;
    into = to;
    await(Wait.LETTER);
    boolean came = into == null;
    into = null;
    return came ? letter : Asides.NONE;
  }

  /** Ends the turn until a call is answered, into {@code to}, or its time is over. */
  boolean awaitAnswer(long of, Message to) {
    call = of;
    into = to;
    await(Wait.ANSWER);
    boolean came = into == null;
    into = null;
    return came;
  }

  /** Begins to count a wait's time. */
  void startTimeout(long nanos) {
    CpuTurn current = turn();
    timedOut = false;
    if (nanos >= 0) {
      current.stack().startTimeout(TIMEOUT, nanos);
      timeoutSet = true;
    } else if (timeoutSet) {
      current.stack().endTimeout(TIMEOUT);
      timeoutSet = false;
    }
  }

  /** Whether the wait's time is over. */
  boolean timedOut() {
    return timedOut;
  }

  /** Takes a letter of a source, or of any, that was set aside: its request, 0, or NONE. */
  long take(int from, Message to) {
    return aside.take(from, to);
  }
}
