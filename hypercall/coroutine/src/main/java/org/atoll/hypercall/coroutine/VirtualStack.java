package org.atoll.hypercall.coroutine;

import java.util.concurrent.Semaphore;
import org.atoll.hypercall.cpu.Coroutine;
import org.jspecify.annotations.Nullable;

/**
 * The stack of a body in a virtual thread, whose scheduler this is: it keeps what the thread is to
 * go on with until the CPU runs it. Owner: as every coroutine's. Hot side.
 */
final class VirtualStack implements Coroutine {

  private final Runnable body;
  private @Nullable Thread thread;

  /** What goes on with the thread; set by the JVM on any thread when it may, once for each time. */
  private volatile @Nullable Runnable step;

  /** The CPU waits for a step, because the body waits for something else than its next turn. */
  private volatile boolean waiting;

  private final Semaphore steps = new Semaphore(0);
  private boolean suspended;
  private boolean over;

  VirtualStack(Runnable body) {
    this.body = body;
  }

  /** Names its thread, which has not begun. */
  void thread(Thread own) {
    thread = own;
  }

  /** The scheduler: the thread may go on. */
  void run(Runnable next) {
    step = next;
    if (waiting) {
      steps.release();
    }
  }

  void live() {
    try {
      body.run();
    } finally {
      over = true;
    }
  }

  @Override
  public boolean resume() {
    Thread first = thread;
    if (first != null) {
      thread = null;
      first.start();
    }
    suspended = false;
    while (!suspended && !over) {
      next().run();
    }
    return !over;
  }

  private Runnable next() {
    Runnable next = step;
    if (next == null) {
      waiting = true;
      for (next = step; next == null; next = step) {
        steps.acquireUninterruptibly();
      }
      waiting = false;
    }
    step = null;
    return next;
  }

  @Override
  public void suspend() {
    if (!interrupt()) {
      throw new IllegalStateException(
          "a body cannot wait below native code, as a static initializer is");
    }
  }

  /** Yields, which comes back at once where the thread cannot be left; parking would wait there. */
  @Override
  @SuppressWarnings("ThreadPriorityCheck") // The scheduler that it relies on is this class.
  public boolean interrupt() {
    suspended = true;
    Thread.yield();
    boolean left = !suspended;
    suspended = false;
    return left;
  }
}
