package org.atoll.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * A task with a stack: a thread that runs only while a CPU gives it a turn. Its turn ends where it
 * waits; the event that it waits for begins the next one.
 *
 * <p>Owner: the CPU that holds the token and the thread, one at a time; the two semaphores pass
 * control, and with it what each has written.
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

  /** A letter or notification that was set aside. */
  record Aside(long request, Message message) {}

  /** Unwinds the thread of a task that was ended. */
  private static final class Ended extends Error {
    private static final long serialVersionUID = 1;

    Ended() {
      super("the task has ended", null, false, false);
    }
  }

  private final BlockingIpc.Body body;
  private final Executor threads;
  private final Semaphore toBody = new Semaphore(0);
  private final Semaphore toCpu = new Semaphore(0);
  private final Deque<Aside> aside = new ArrayDeque<>();
  private @Nullable CpuTurn turn;
  private @Nullable Throwable failure;
  private volatile boolean ended;
  private boolean finished;
  private boolean timedOut;
  private Wait wait = Wait.START;
  private int source = Endpoint.ANY;
  private long call;
  private @Nullable Message answer;

  Stackful(BlockingIpc.Body body, Executor threads) {
    this.body = body;
    this.threads = threads;
  }

  // ---- the CPU's side

  /** Whether letters may be taken out of the mailbox. */
  boolean wantsLetters() {
    return wait == Wait.LETTER;
  }

  /** The task is over; its thread, if it waits, unwinds. */
  void end() {
    ended = true;
    toBody.release();
  }

  private void resume(Turn current) {
    turn = (CpuTurn) current;
    toBody.release();
    toCpu.acquireUninterruptibly();
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw new IllegalStateException("the body of a stackful task threw", thrown);
    }
    if (finished) {
      turn.task().doomed = true;
    }
  }

  private void arrived(Turn current, long request, Message m) {
    Message copy = new Message();
    copy.copyFrom(m);
    aside.add(new Aside(request, copy));
    if (wait == Wait.LETTER && (source == Endpoint.ANY || source == m.source)) {
      resume(current);
    }
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
      threads.execute(this::live);
      resume(current);
    } else if (from != LOOK_AGAIN) {
      Message m = new Message().set(BlockingIpc.NOTIFICATION, 0, 0, 0, 0, 0, 0, 0);
      m.source = from;
      arrived(current, 0, m);
    } else if (wait != Wait.ANSWER) {
      resume(current);
    }
  }

  @Override
  public void answered(Turn current, long answeredCall, Message m) {
    Message to = answer;
    if (wait == Wait.ANSWER && answeredCall == call && to != null) {
      to.copyFrom(m);
      answer = null;
      resume(current);
    }
  }

  @Override
  public void alarm(Turn current, long tag) {
    if (tag == TIMEOUT) {
      timedOut = true;
      resume(current);
    } else {
      Message m = new Message().set(BlockingIpc.ALARM, tag, 0, 0, 0, 0, 0, 0);
      m.source = Endpoint.HOST;
      arrived(current, 0, m);
    }
  }

  @Override
  public void cancelled(Turn current, long request) {
    Message m = new Message().set(BlockingIpc.CANCELLED, request, 0, 0, 0, 0, 0, 0);
    m.source = Turn.caller(request);
    arrived(current, 0, m);
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

  // ---- the thread's side

  private void live() {
    toBody.acquireUninterruptibly();
    try {
      body.run(new StackfulIpc(this));
    } catch (Ended over) {
      return;
    } catch (Throwable thrown) {
      failure = thrown;
    }
    finished = true;
    toCpu.release();
  }

  /** The turn that the thread has. */
  CpuTurn turn() {
    CpuTurn current = turn;
    if (ended || current == null) {
      throw new Ended();
    }
    return current;
  }

  /** Ends the turn; returns with the next one, when what is waited for may have come. */
  private void await(Wait what) {
    wait = what;
    turn = null;
    toCpu.release();
    toBody.acquireUninterruptibly();
    if (ended) {
      throw new Ended();
    }
  }

  /** Ends the turn until a mailbox may have room. */
  void awaitRoom() {
    await(Wait.ROOM);
  }

  /** Ends the turn until a letter may have come from a source. */
  void awaitLetter(int from) {
    source = from;
    await(Wait.LETTER);
    source = Endpoint.ANY;
  }

  /** Ends the turn until a call is answered, into {@code to}, or its time is over. */
  boolean awaitAnswer(long of, Message to) {
    call = of;
    answer = to;
    await(Wait.ANSWER);
    return answer == null;
  }

  /** Begins to count a wait's time. */
  void startTimeout(long nanos) {
    timedOut = false;
    if (nanos >= 0) {
      turn().stack().startTimeout(TIMEOUT, nanos);
    } else {
      turn().stack().endTimeout(TIMEOUT);
    }
  }

  /** Whether the wait's time is over. */
  boolean timedOut() {
    return timedOut;
  }

  /** Takes a letter of a source, or of any, that was set aside; null when there is none. */
  @Nullable Aside take(int from) {
    for (Iterator<Aside> all = aside.iterator(); all.hasNext(); ) {
      Aside next = all.next();
      if (from == Endpoint.ANY || next.message.source == from) {
        all.remove();
        return next;
      }
    }
    return null;
  }
}
