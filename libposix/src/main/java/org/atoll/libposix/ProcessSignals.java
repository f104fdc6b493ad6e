package org.atoll.libposix;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * What all threads of a process have in common of its signals: dispositions, and what is pending
 * for whichever thread takes it (POSIX.1-2024, XSH 2.4). Owner: the process's task.
 */
final class ProcessSignals {

  private static final int STATE_VERSION = 1;

  private final long[] handlers = new long[Signals.COUNT + 1];
  private final long[] flags = new long[Signals.COUNT + 1];
  private final long[] masks = new long[Signals.COUNT + 1];

  /** Pending for the process. */
  final PendingSignals pending = new PendingSignals();

  /** SIGKILL has come. */
  boolean killed;

  /** A signal has stopped all threads, or is about to. */
  boolean stopped;

  /** How many signals have come so far, whatever became of them. */
  long arrivals;

  long handler(int signal) {
    return handlers[signal];
  }

  long flags(int signal) {
    return flags[signal];
  }

  long mask(int signal) {
    return masks[signal];
  }

  /** As sigaction; what is ignored from now on is not yet forgotten where it is pending. */
  void action(int signal, long handler, long newFlags, long mask) {
    handlers[signal] = handler;
    flags[signal] = newFlags;
    masks[signal] = mask & ~Signals.NEVER_BLOCKED;
  }

  /** Its handler is the default. */
  void byDefault(int signal) {
    handlers[signal] = Signals.SIG_DFL;
  }

  boolean ignored(int signal) {
    return handlers[signal] == Signals.SIG_IGN
        || handlers[signal] == Signals.SIG_DFL && Signals.ignoredByDefault(signal);
  }

  /** exec: handlers become the default, what is ignored stays so. */
  void reset() {
    for (int signal = 1; signal <= Signals.COUNT; signal++) {
      if (handlers[signal] != Signals.SIG_IGN) {
        handlers[signal] = Signals.SIG_DFL;
      }
      flags[signal] = 0;
      masks[signal] = 0;
    }
  }

  /** The child of a fork has nothing pending. */
  void clear() {
    pending.forget(-1L);
    killed = false;
    stopped = false;
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION);
    for (int i = 1; i <= Signals.COUNT; i++) {
      out.writeLong(handlers[i]).writeLong(flags[i]).writeLong(masks[i]);
    }
    out.writeBoolean(killed).writeBoolean(stopped).writeLong(arrivals);
    pending.save(out);
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    for (int i = 1; i <= Signals.COUNT; i++) {
      handlers[i] = in.readLong();
      flags[i] = in.readLong();
      masks[i] = in.readLong();
    }
    killed = in.readBoolean();
    stopped = in.readBoolean();
    arrivals = in.readLong();
    pending.load(in);
  }
}
