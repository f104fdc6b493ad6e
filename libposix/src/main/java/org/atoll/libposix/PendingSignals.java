package org.atoll.libposix;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.atoll.abi.Errno;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The signals that are pending for a process, or for one of its threads: standard ones once each,
 * real-time ones (32 to 64) in a queue. Owner: the process's task.
 */
final class PendingSignals {

  private static final int STATE_VERSION = 1;

  private final @Nullable SignalInfo[] standard = new @Nullable SignalInfo[Signals.FIRST_REAL_TIME];
  private final Deque<SignalInfo> realTime = new ArrayDeque<>();
  private long set;

  /** A bit for each signal that is pending. */
  long set() {
    return set;
  }

  boolean has(int signal) {
    return (set & Signals.bit(signal)) != 0;
  }

  /**
   * Adds a signal. Returns 0, or {@code -EAGAIN} when the queue is full.
   *
   * @param queueMax real-time signals that may be pending
   */
  int add(SignalInfo info, long queueMax) {
    int signal = info.signal();
    if (signal < Signals.FIRST_REAL_TIME) {
      if (!has(signal)) {
        standard[signal] = info;
      }
    } else if (realTime.size() < queueMax) {
      realTime.add(info);
    } else {
      return -Errno.EAGAIN;
    }
    set |= Signals.bit(signal);
    return 0;
  }

  /** The lowest pending signal of a set, or 0. */
  int firstOf(long wanted) {
    long ready = set & wanted;
    return ready == 0 ? 0 : Long.numberOfTrailingZeros(ready) + 1;
  }

  /** The oldest instance of a pending signal. */
  SignalInfo peek(int signal) {
    if (signal < Signals.FIRST_REAL_TIME) {
      SignalInfo info = standard[signal];
      return info != null ? info : SignalInfo.byKernel(signal);
    }
    for (SignalInfo info : realTime) {
      if (info.signal() == signal) {
        return info;
      }
    }
    throw new IllegalStateException("signal " + signal + " is not pending");
  }

  /** Takes the oldest instance away. */
  void remove(int signal) {
    if (signal < Signals.FIRST_REAL_TIME) {
      forget(Signals.bit(signal));
      return;
    }
    boolean more = false;
    boolean removed = false;
    for (Iterator<SignalInfo> all = realTime.iterator(); all.hasNext(); ) {
      if (all.next().signal() == signal) {
        if (removed) {
          more = true;
        } else {
          all.remove();
          removed = true;
        }
      }
    }
    set = more ? set : set & ~Signals.bit(signal);
  }

  /** Takes all instances of some signals away. */
  void forget(long unwanted) {
    if ((set & unwanted) == 0) {
      return;
    }
    for (int signal = 1; signal < Signals.FIRST_REAL_TIME; signal++) {
      if ((unwanted & Signals.bit(signal)) != 0) {
        standard[signal] = null;
      }
    }
    realTime.removeIf(info -> (unwanted & Signals.bit(info.signal())) != 0);
    set &= ~unwanted;
  }

  void save(StateWriter out) {
    int standards = Long.bitCount(set & Signals.bit(Signals.FIRST_REAL_TIME) - 1);
    out.version(STATE_VERSION).writeInt(standards + realTime.size());
    for (int i = 1; i < Signals.FIRST_REAL_TIME; i++) {
      if (has(i)) {
        peek(i).save(out);
      }
    }
    realTime.forEach(info -> info.save(out));
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    Arrays.fill(standard, null);
    realTime.clear();
    set = 0;
    for (int count = in.readInt(); count > 0; count--) {
      add(SignalInfo.load(in), Long.MAX_VALUE);
    }
  }
}
