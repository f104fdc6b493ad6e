package org.atoll.hypercall.sim;

import java.util.ArrayList;
import java.util.List;

/** What connects the nodes of a simulation: a wire for each ordered pair, with seeded delays. */
final class SimulatedWires {

  private static final long DELAY_LEAST_NANOS = 4_000;
  private static final long DELAY_MOST_NANOS = 60_000;
  private static final int SLOW_ONE_IN = 64;
  private static final long SLOW_NANOS = 2_000_000;

  private final Agenda agenda;
  private final SeededGenerator delay;
  private final List<SimulatedTransport> transports = new ArrayList<>();
  private final boolean[] dead;

  /** When the last frame of a pair arrives: {@code from * nodes + to}. */
  private final long[] lastNanos;

  SimulatedWires(Agenda agenda, SeededGenerator delay, int nodes) {
    this.agenda = agenda;
    this.delay = delay;
    dead = new boolean[nodes];
    lastNanos = new long[nodes * nodes];
    for (int node = 0; node < nodes; node++) {
      transports.add(new SimulatedTransport(this, node, nodes));
    }
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        if (from != to) {
          send(from, to, Arrival.up(from));
        }
      }
    }
  }

  SimulatedTransport transport(int node) {
    return transports.get(node);
  }

  boolean alive(int node) {
    return !dead[node];
  }

  /** Puts something on the wire; it arrives after everything that was put there before. */
  void send(int from, int to, Arrival arrival) {
    int pair = from * dead.length + to;
    long nanos = Math.max(agenda.nowNanos() + delayNanos(), lastNanos[pair]);
    lastNanos[pair] = nanos;
    agenda.at(nanos, () -> transports.get(to).arrive(arrival));
  }

  /** Cuts a node off: what it sent and is still under way is lost after a while. */
  void kill(int node) {
    if (dead[node]) {
      return;
    }
    dead[node] = true;
    for (int to = 0; to < dead.length; to++) {
      if (to != node) {
        SimulatedTransport other = transports.get(to);
        agenda.at(agenda.nowNanos() + delayNanos(), () -> other.arrive(Arrival.down(node)));
      }
    }
  }

  private long delayNanos() {
    long nanos = delay.between(DELAY_LEAST_NANOS, DELAY_MOST_NANOS);
    return delay.below(SLOW_ONE_IN) == 0 ? nanos + SLOW_NANOS : nanos;
  }
}
