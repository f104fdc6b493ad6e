package org.atoll.hypercall.coroutine;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.atoll.hypercall.cpu.Coroutine;
import org.atoll.hypercall.cpu.Coroutines;

/**
 * Threads of the host, a body each, which the CPU wakes and waits for: what needs no flag of the
 * JVM, and allows everything. Some thirty times as slow as {@link Continuations}.
 */
public final class PlatformThreads implements Coroutines {

  private final Executor threads;

  /**
   * Those of an executor.
   *
   * @param threads runs each body on a thread of its own, for as long as it lives
   */
  public PlatformThreads(Executor threads) {
    this.threads = threads;
  }

  @Override
  public Coroutine of(String name, Runnable body) {
    return new ThreadStack(threads, body);
  }

  /** One of them. The two semaphores pass control, and with it what each side has written. */
  private static final class ThreadStack implements Coroutine {

    private final Executor threads;
    private final Runnable body;
    private final Semaphore toBody = new Semaphore(0);
    private final Semaphore toCpu = new Semaphore(0);
    private boolean begun;
    private boolean over;

    ThreadStack(Executor threads, Runnable body) {
      this.threads = threads;
      this.body = body;
    }

    @Override
    public boolean resume() {
      if (begun) {
        toBody.release();
      } else {
        begun = true;
        threads.execute(this::live);
      }
      toCpu.acquireUninterruptibly();
      return !over;
    }

    private void live() {
      try {
        body.run();
      } finally {
        over = true;
        toCpu.release();
      }
    }

    @Override
    public void suspend() {
      toCpu.release();
      toBody.acquireUninterruptibly();
    }

    @Override
    public boolean interrupt() {
      suspend();
      return true;
    }
  }
}
