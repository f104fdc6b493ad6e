package org.atoll.vcpu.hosted;

import java.util.concurrent.Semaphore;

/**
 * Passes control, and with it what each has written, between a CPU and the thread of one program:
 * one of the two runs, the other waits.
 *
 * <p>Once dropped, the thread runs on without the CPU, but only to unwind.
 */
final class Baton {

  /** Deeper than what follows can go: see {@link #probe}. */
  private static final int PROBED_FRAMES = 200;

  private final Semaphore toProgram = new Semaphore(0);
  private final Semaphore toCpu = new Semaphore(0);
  private volatile boolean dropped;

  /** The CPU's: lets the program run until it passes control back. */
  void run() {
    toProgram.release();
    toCpu.acquireUninterruptibly();
  }

  /** The CPU's: the program is over, wherever it is. */
  void drop() {
    dropped = true;
    toProgram.release();
  }

  /** Whether the program is over for the CPU. */
  boolean dropped() {
    return dropped;
  }

  /** The program's, at its start: waits for its first turn. */
  void await() {
    toProgram.acquireUninterruptibly();
    check();
  }

  /** The program's: passes control to the CPU, and waits to have it again. */
  void pass() {
    check();
    probe(PROBED_FRAMES);
    toCpu.release();
    await();
  }

  /** The program's: passes control to the CPU for good. */
  void leave() {
    toCpu.release();
  }

  /** The program's: unwinds it if it is over. */
  void check() {
    if (dropped) {
      throw new Ended();
    }
  }

  /**
   * A program that fills its stack must learn so before control is half passed: both would wait for
   * ever. Answers the depth, so that no compiler leaves it out.
   */
  private static int probe(int frames) {
    return frames == 0 ? 0 : 1 + probe(frames - 1);
  }
}
