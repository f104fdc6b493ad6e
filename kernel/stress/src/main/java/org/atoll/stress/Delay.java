package org.atoll.stress;

import java.util.concurrent.ThreadLocalRandom;

/** Lets time pass between two steps that take none: see {@link Mutation#widening}. */
public final class Delay {

  /** Spins: some microseconds. */
  private static final int MOST = 100;

  private Delay() {}

  /** A while, each time another. */
  public static void some() {
    for (int i = ThreadLocalRandom.current().nextInt(MOST); i > 0; i--) {
      Thread.onSpinWait();
    }
  }
}
