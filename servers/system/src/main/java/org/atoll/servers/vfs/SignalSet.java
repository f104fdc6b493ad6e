package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * The signals that a signalfd(2) is about. Which of them are pending depends on who asks, and only
 * he knows: he says so with his question, and asks again when another one has come.
 */
final class SignalSet extends Source {

  /** A bit for each signal. */
  long signals;

  SignalSet(long id, long signals) {
    super(id, Kind.SIGNALS);
    this.signals = signals;
  }

  @Override
  int ready(long pending) {
    return (pending & signals) == 0 ? 0 : Readiness.IN;
  }

  @Override
  void saveOwn(StateWriter out) {
    out.writeLong(signals);
  }

  @Override
  void loadOwn(StateReader in) {
    signals = in.readLong();
  }
}
