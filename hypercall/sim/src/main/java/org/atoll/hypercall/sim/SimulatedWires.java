package org.atoll.hypercall.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * What connects the nodes of a simulation: a wire for each ordered pair, with seeded delays, and
 * the weather.
 */
final class SimulatedWires {

  private static final long DELAY_LEAST_NANOS = 4_000;
  private static final long DELAY_MOST_NANOS = 60_000;
  private static final int SLOW_ONE_IN = 64;
  private static final long SLOW_NANOS = 2_000_000;

  private final Agenda agenda;
  private final SeededGenerator delay;
  private final Weather weather;
  private final List<SimulatedPackets> ends = new ArrayList<>();
  private final boolean[] dead;

  /** When the last frame of a pair arrives: {@code from * nodes + to}. */
  private final long[] lastNanos;

  SimulatedWires(Agenda agenda, SeededGenerator delay, Weather weather, int nodes) {
    this.agenda = agenda;
    this.weather = weather;
    this.delay = delay;
    dead = new boolean[nodes];
    lastNanos = new long[nodes * nodes];
    for (int node = 0; node < nodes; node++) {
      ends.add(new SimulatedPackets(this, node));
    }
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        if (from != to) {
          introduce(from, to);
        }
      }
    }
  }

  SimulatedPackets packets(int node) {
    return ends.get(node);
  }

  long nowNanos() {
    return agenda.nowNanos();
  }

  void at(long nanos, Runnable event) {
    agenda.at(nanos, event);
  }

  boolean alive(int node) {
    return !dead[node];
  }

  private void introduce(int node, int to) {
    arriveInOrder(node, to, () -> ends.get(to).reachable(node));
  }

  /** Puts a packet on the wire; in calm weather it arrives after all that was put there before. */
  void send(int from, int to, byte[] packet) {
    Runnable arrival = () -> ends.get(to).arrive(from, packet);
    if (weather.isCalm()) {
      arriveInOrder(from, to, arrival);
    } else if (!weather.parts(from, to, agenda.nowNanos()) && !happens(weather.lostPerMille())) {
      int copies = happens(weather.doubledPerMille()) ? 2 : 1;
      for (int copy = 0; copy < copies; copy++) {
        long late = happens(weather.latePerMille()) ? delay.between(0, weather.lateNanos()) : 0;
        agenda.at(agenda.nowNanos() + delayNanos() + late, arrival);
      }
    }
  }

  private boolean happens(int perMille) {
    return delay.below(1_000) < perMille;
  }

  private void arriveInOrder(int from, int to, Runnable arrival) {
    int pair = from * dead.length + to;
    long nanos = Math.max(agenda.nowNanos() + delayNanos(), lastNanos[pair]);
    lastNanos[pair] = nanos;
    agenda.at(nanos, arrival);
  }

  /** Cuts a node off: what it sent and is still under way is lost after a while. */
  void kill(int node) {
    if (dead[node]) {
      return;
    }
    dead[node] = true;
    for (int to = 0; to < dead.length; to++) {
      if (to != node) {
        SimulatedPackets other = ends.get(to);
        agenda.at(agenda.nowNanos() + delayNanos(), () -> other.gone(node));
      }
    }
  }

  private long delayNanos() {
    long nanos = delay.between(DELAY_LEAST_NANOS, DELAY_MOST_NANOS);
    return delay.below(SLOW_ONE_IN) == 0 ? nanos + SLOW_NANOS : nanos;
  }
}
