package org.atoll.drivers.link.netty;

/**
 * How long a CPU looks for events by itself before it sleeps: not at all, unless its last sleep was
 * hardly longer than falling asleep and waking up take. As KVM's halt polling
 * (Documentation/virt/kvm/halt-polling.rst), and for the same reason: to wake a processor that is
 * idle costs both who wakes and who is woken more than most answers of another node.
 *
 * <p>Who is to answer may need the very processor that looks for the answer. So each vain look
 * doubles the number of sleeps without one, and a process that has one processor alone never looks.
 */
final class HaltPolling {

  /** Longer than an answer of an idle node on another processor takes. */
  static final long WINDOW_NANOS = 50_000;

  /** A sleep is short up to here: an answer, and the time to fall asleep and to wake. */
  static final long SHORT_NANOS = 2 * WINDOW_NANOS;

  private static final int PASSES_MAX = 1_023;

  private final boolean several;

  /** Whether the last sleep was short. */
  private boolean brisk;

  /** Short sleeps that follow a vain look before the next one: doubled by each. */
  private int passes;

  private int passesLeft;

  /**
   * For a process that has just begun.
   *
   * @param processors how many this process may run on
   */
  HaltPolling(int processors) {
    several = processors > 1;
  }

  /** Whether it ever looks: only then does it matter how long the CPU sleeps. */
  boolean looks() {
    return several;
  }

  /** How long to look now. */
  long windowNanos(long timeoutNanos) {
    if (!several || !brisk) {
      return 0;
    }
    if (passesLeft > 0) {
      passesLeft--;
      return 0;
    }
    return timeoutNanos < 0 ? WINDOW_NANOS : Math.min(WINDOW_NANOS, timeoutNanos);
  }

  /** The CPU has looked, and there was something or nothing. */
  void looked(boolean some) {
    passes = some ? 0 : Math.min(2 * passes + 1, PASSES_MAX);
    passesLeft = passes;
  }

  /** The CPU has slept so long. */
  void slept(long nanos) {
    brisk = nanos < SHORT_NANOS;
  }
}
