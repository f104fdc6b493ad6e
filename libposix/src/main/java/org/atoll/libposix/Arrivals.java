package org.atoll.libposix;

import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Where a signal goes that a process gets: to the thread that it is for, or to one that takes it,
 * the oldest first; and what stops or ends all of them. Owner: the process's task.
 */
final class Arrivals {

  private final ProcessState process;
  private final ProcessSignals signals;
  private final Threads threads;

  Arrivals(ProcessState process, Threads threads) {
    this.process = process;
    this.signals = process.signals;
    this.threads = threads;
  }

  /**
   * A signal was sent from outside.
   *
   * @param id the thread that it is for, or 0: the process
   */
  void arrived(Turn turn, SignalInfo info, int id) {
    PosixThread to = id == 0 ? null : threads.byId(id);
    if (process.ending || id != 0 && to == null) {
      return;
    }
    if (raise(info, to) < 0 && info.isOfFile()) {
      raise(SignalInfo.byKernel(Signals.SIGIO), to);
    }
    if (signals.stopped && info.signal() == Signals.SIGCONT) {
      signals.stopped = false;
      turn.call(turn.role(Role.PM), PmProtocol.Call.CONTINUED.encode(turn.scratch()));
      threads.disturbAll();
    }
  }

  /**
   * Makes a signal pending, for a thread or for the process. Returns 0, or {@code -EAGAIN} when the
   * queue is full.
   */
  int raise(SignalInfo info, @Nullable PosixThread to) {
    int signal = info.signal();
    signals.arrivals++;
    if (signal == Signals.SIGKILL) {
      signals.killed = true;
      threads.disturbAll();
      return 0;
    }
    if (signal == Signals.SIGCONT) {
      forget(Signals.STOPS);
    } else if (Signals.stopsByDefault(signal)) {
      forget(Signals.bit(Signals.SIGCONT));
    }
    PosixThread judge = to != null ? to : threads.oldest();
    if (signals.ignored(signal) && !judge.state.signals.keeps(signal)) {
      if (judge.watch.active()) {
        judge.watch.ignores(info);
      }
      return 0;
    }
    threads.disturbPolls();
    long queueMax = process.limits.queuedSignals();
    if (to == null) {
      return signals.pending.add(info, queueMax);
    }
    threads.disturb(to);
    return to.state.signals.own.add(info, queueMax);
  }

  /** As sigaction: what is ignored from now on is no longer pending. */
  void action(int signal, long handler, long flags, long mask) {
    signals.action(signal, handler, flags, mask);
    if (signals.ignored(signal)) {
      forget(Signals.bit(signal));
    }
  }

  private void forget(long set) {
    signals.pending.forget(set);
    for (PosixThread thread : threads.all()) {
      thread.state.signals.own.forget(set);
    }
  }

  /** Disturbs, for each signal that is pending for the process, a thread that takes it. */
  void route() {
    long left = process.ending ? 0 : signals.pending.set();
    if (left == 0) {
      return;
    }
    for (PosixThread thread : threads.all()) {
      long taken = thread.state.signals.takes(left);
      if (taken != 0) {
        threads.disturb(thread);
        left &= ~taken;
      }
    }
  }
}
