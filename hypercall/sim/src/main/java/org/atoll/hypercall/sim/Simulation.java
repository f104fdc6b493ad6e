package org.atoll.hypercall.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.ReservedMemory;

/**
 * Several nodes in one thread, under one virtual clock: which CPU takes the next step, how long a
 * frame travels, what is random, all follow from the seed.
 *
 * <p>A step takes the virtual time that its CPU says, else {@link #STEP_NANOS}. When no CPU has
 * anything to do, the clock jumps to the next event or alarm.
 */
public final class Simulation implements AutoCloseable {

  /** Virtual time of a step whose CPU says nothing else. */
  public static final long STEP_NANOS = 2_000;

  /** How a run ended. */
  public enum Ending {
    /** What the caller waited for has come. */
    FINISHED,
    /** Nothing is left that could ever happen. */
    QUIET,
    /** The virtual time is over. */
    OUT_OF_TIME
  }

  private final Agenda agenda = new Agenda();
  private final SeededGenerator choice;
  private final SimulatedWires wires;
  private final SimulatedStreams streams;
  private final ReservedMemory memory = new ReservedMemory(new Libc());
  private final List<SimulatedHost> hosts = new ArrayList<>();

  /** A simulation of so many nodes in calm weather, of which nothing has happened yet. */
  public Simulation(long seed, int nodes) {
    this(seed, nodes, Weather.CALM);
  }

  /** A simulation of so many nodes, of which nothing has happened yet. */
  public Simulation(long seed, int nodes, Weather weather) {
    SeededGenerator generator = new SeededGenerator(seed);
    choice = generator.split();
    wires = new SimulatedWires(agenda, generator.split(), weather, nodes);
    streams = new SimulatedStreams(agenda, generator.split());
    for (int node = 0; node < nodes; node++) {
      hosts.add(new SimulatedHost(agenda, generator.split(), wires.packets(node), memory::reserve));
    }
  }

  /** Gives the memory of the nodes back, none of which runs any more. */
  @Override
  public void close() {
    memory.close();
  }

  /** The host below a node. */
  public SimulatedHost host(int node) {
    return hosts.get(node);
  }

  /** The wires from a node to the others. */
  public SimulatedPackets packets(int node) {
    return wires.packets(node);
  }

  /** The streams of the command, on node 0. */
  public SimulatedStreams streams() {
    return streams;
  }

  /** People outside, whose network node 0 may use. */
  public SimulatedNetwork outside() {
    return SimulatedNetwork.to(new Neighbourhood(agenda, choice.split()));
  }

  /** The virtual time. */
  public long nowNanos() {
    return agenda.nowNanos();
  }

  /** Lets something happen at a virtual time: input that arrives, a node that is killed. */
  public void at(long nanos, Runnable event) {
    agenda.at(nanos, event);
  }

  /** Ends a node: it takes no more steps, and the others are told a little later. */
  public void kill(int node) {
    wires.kill(node);
  }

  /** Whether a node was not killed. */
  public boolean alive(int node) {
    return wires.alive(node);
  }

  /** Runs the CPUs of all nodes until {@code finished}, for at most so much virtual time. */
  public Ending run(List<? extends Steppable> cpus, BooleanSupplier finished, long mostNanos) {
    long endNanos = nowNanos() + mostNanos;
    List<Steppable> ready = new ArrayList<>(cpus);
    while (!finished.getAsBoolean()) {
      if (nowNanos() >= endNanos) {
        return Ending.OUT_OF_TIME;
      }
      if (ready.isEmpty()) {
        long next = nextNanos(cpus);
        if (next == Steppable.NO_DEADLINE) {
          return Ending.QUIET;
        }
        agenda.advance(Math.max(nowNanos() + STEP_NANOS, Math.min(next, endNanos)));
        ready.addAll(cpus);
      }
      stepOne(cpus, ready);
    }
    return Ending.FINISHED;
  }

  private void stepOne(List<? extends Steppable> cpus, List<Steppable> ready) {
    int index = choice.below(ready.size());
    Steppable cpu = ready.get(index);
    boolean busy = alive(cpu.node()) && cpu.step();
    if (!busy) {
      ready.remove(index);
    }
    boolean happened = busy && agenda.advance(nowNanos() + cpu.lastStepNanos());
    if (happened || busy && ready.size() < cpus.size()) {
      ready.clear();
      ready.addAll(cpus);
    }
  }

  private long nextNanos(List<? extends Steppable> cpus) {
    long next = agenda.nextNanos();
    for (Steppable cpu : cpus) {
      if (alive(cpu.node())) {
        next = Math.min(next, cpu.nextDeadlineNanos());
      }
    }
    return next;
  }
}
