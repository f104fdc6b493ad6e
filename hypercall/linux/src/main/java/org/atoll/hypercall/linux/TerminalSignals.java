package org.atoll.hypercall.linux;

import sun.misc.Signal;

/**
 * What the host says of the terminal by signals: its window has another size (SIGWINCH), the
 * process is to stop (SIGTSTP), the process goes on (SIGCONT).
 *
 * <p>These come through {@code sun.misc.Signal}, of the supported module {@code jdk.unsupported}:
 * it is the one way that works in a JVM, whose threads do not block signals, as a signalfd would
 * need it, and must not run code of ours inside a signal handler.
 */
final class TerminalSignals {

  private static final int SIGTSTP = 20;
  private static final Signal STOP = new Signal("TSTP");

  private final Libc libc;
  private final LinuxStreams streams;

  TerminalSignals(Libc libc, LinuxStreams streams) {
    this.libc = libc;
    this.streams = streams;
  }

  /** From now on, until the process ends. */
  void install() {
    Signal.handle(new Signal("WINCH"), signal -> streams.windowChanged());
    Signal.handle(new Signal("CONT"), signal -> streams.terminal().resumed());
    Signal.handle(STOP, signal -> stop());
  }

  /** Stops as if nobody had caught the signal; Linux does not where nobody could let us go on. */
  private void stop() {
    streams.terminal().stopping();
    Signal.handle(STOP, sun.misc.SignalHandler.SIG_DFL);
    long self = libc.call(libc.symbol("gettid"), 0, 0, 0);
    long process = libc.call(libc.symbol("getpid"), 0, 0, 0);
    libc.call(libc.symbol("tgkill"), process, self, SIGTSTP);
    Signal.handle(STOP, signal -> stop());
    streams.terminal().resumed();
  }
}
