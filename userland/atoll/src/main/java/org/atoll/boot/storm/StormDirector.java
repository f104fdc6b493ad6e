package org.atoll.boot.storm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol.Call;
import org.atoll.hypercall.sim.SeededGenerator;

/**
 * Who makes the processes of a storm and has them move, as PM does: adopted at the one node,
 * forgotten at the other, found by all. One move at a time.
 */
final class StormDirector extends StormTask {

  private static final long PAUSE_NANOS = 2_000_000;
  private static final long PAUSE = 1;

  private final int nodes;
  private final int processes;
  private final SeededGenerator chance;
  private final Targets targets;
  private final List<Integer> places = new ArrayList<>();

  /** What is left to be done of the move under way. */
  private final Deque<Step> steps = new ArrayDeque<>();

  private long moves;

  /** A call to the kernel of a node. */
  private record Step(int node, Call call, int process, int to) {}

  /** Makes so many processes on node 0 as soon as its channel is raised. */
  StormDirector(int nodes, int processes, SeededGenerator chance, Targets targets) {
    this.nodes = nodes;
    this.processes = processes;
    this.chance = chance;
    this.targets = targets;
  }

  /** Whether all processes are there. */
  boolean ready() {
    return places.size() == processes;
  }

  /** Moves that came to their end. */
  long moves() {
    return moves;
  }

  @Override
  public void notified(Turn turn, int source) {
    for (int i = 0; i < processes; i++) {
      must(turn.call(Endpoint.kernelOf(0), Call.SPAWN.encode(turn.scratch())));
    }
  }

  private static void must(long result) {
    if (result < 0) {
      throw new Broken("the director cannot call: " + result);
    }
  }

  /** A node is dead, as PM is told; whoever was on it is, too. */
  @Override
  public void message(Turn turn, Message m) {}

  @Override
  public void answered(Turn turn, long call, Message m) {
    if (!ready()) {
      targets.addRoamer((int) m.w0);
      places.add(0);
      if (ready()) {
        turn.kernel().setAlarm(PAUSE, PAUSE_NANOS);
      }
      return;
    }
    Step done = steps.remove();
    if (m.w0 < 0 && targets.nodeLives(done.node) && targets.lives(done.process)) {
      throw new Broken(done + " was answered " + m.w0);
    }
    moves += steps.isEmpty() ? 1 : 0;
    next(turn);
  }

  @Override
  public void alarm(Turn turn, long tag) {
    int which = chance.below(processes);
    int from = places.get(which);
    int to = chance.below(nodes);
    if (to != from && targets.nodeLives(from) && targets.nodeLives(to)) {
      int process = targets.roamers().get(which);
      steps.add(new Step(to, Call.ADOPT, process, to));
      steps.add(new Step(from, Call.FORGET, process, to));
      for (int other = 0; other < nodes; other++) {
        if (other != from && other != to && targets.nodeLives(other)) {
          steps.add(new Step(other, Call.LOCATE, process, to));
        }
      }
      places.set(which, to);
    }
    next(turn);
  }

  private void next(Turn turn) {
    Step step = steps.peek();
    if (step == null) {
      turn.kernel().setAlarm(PAUSE, PAUSE_NANOS);
      return;
    }
    int kernel = Endpoint.kernelOf(step.node);
    if (step.call == Call.ADOPT) {
      byte[] state = new StateWriter().version(1).toBytes();
      Message m = Call.ADOPT.encode(turn.scratch(), step.process, state.length, 0);
      must(turn.callWithBytes(kernel, m, state, state.length, 0));
    } else {
      must(turn.call(kernel, step.call.encode(turn.scratch(), step.process, step.to)));
    }
  }
}
