package org.atoll.boot.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.drivers.link.session.PacketLink;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;
import org.atoll.hypercall.Hypercalls;
import org.atoll.hypercall.memory.Frames;
import org.atoll.hypercall.sim.SeededGenerator;
import org.atoll.hypercall.sim.Simulation;
import org.atoll.hypercall.sim.Weather;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;
import org.atoll.kernel.Tracer;
import org.atoll.vcpu.Interpreter;

/**
 * Kernels in one thread that pass messages over wires which lose, double, delay and part; calls are
 * cancelled and answered late and twice, processes move, and one node dies half-way. Each message
 * is looked at: it comes at most once and in order, each call has one answer, which is its own, and
 * in the end nobody waits for anything.
 */
public final class Storm {

  private static final int CALLERS_PER_NODE = 3;
  private static final int ROAMERS = 4;
  private static final int FRAMES = 256;
  private static final int FOUL_PER_MILLE = 5;
  private static final long LATE_NANOS = 20_000_000;
  private static final long SECOND_NANOS = 1_000_000_000;

  /** Virtual time without a message after which nobody will ever send one. */
  private static final long STILL_NANOS = 60 * SECOND_NANOS;

  private final Simulation simulation;
  private final Ledger ledger;
  private final Targets targets = new Targets();
  private final StormDirector director;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Frames> memories = new ArrayList<>();

  /** Free frames of each node before anything happened. */
  private final List<Integer> free = new ArrayList<>();

  private final List<StormCpu> cpus = new ArrayList<>();
  private final List<StormServer> servers = new ArrayList<>();
  private final List<StormCaller> callers = new ArrayList<>();

  /**
   * What was seen.
   *
   * @param messages calls, requests served, messages and notifications
   * @param failed calls whose callee, or its node, was dead
   */
  public record Outcome(
      long messages, long cancelled, long lateAnswers, long failed, long moves, long nanos) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d messages in %.1f s of virtual time: %,d calls cancelled, %,d answers too late, %,d"
              + " calls to the dead, %,d moves; each once, in order, and nothing left over",
          messages,
          (double) nanos / SECOND_NANOS,
          cancelled,
          lateAnswers,
          failed,
          moves);
    }
  }

  private Storm(long messages, long seed, int count) {
    SeededGenerator chance = new SeededGenerator(~seed);
    simulation = new Simulation(seed, count, weather(chance.split(), count));
    ledger = new Ledger(count * (1 + CALLERS_PER_NODE), messages);
    director = new StormDirector(count, ROAMERS, chance.split(), targets);
    for (int node = 0; node < count; node++) {
      addNode(node, count);
    }
    for (Node node : nodes) {
      StormServer server = new StormServer(ledger, chance.split());
      servers.add(server);
      targets.addServer(node.start("server", server, Privileges.SERVER));
    }
    int conductor = nodes.getFirst().start("director", director, Privileges.SERVER);
    nodes.forEach(node -> node.role(Role.PM, conductor));
    until(this::connected);
    nodes.getFirst().channel(conductor).raise();
    until(director::ready);
    for (int i = 0; i < count * CALLERS_PER_NODE; i++) {
      addCaller(nodes.get(i % count), count + i, chance.split());
    }
  }

  /** Foul, and a node is cut off for a while, twice, but not so long that it is dead. */
  private static Weather weather(SeededGenerator chance, int nodes) {
    long cut = SECOND_NANOS / 2;
    List<Weather.Cut> cuts =
        List.of(
            new Weather.Cut(1L << chance.below(nodes), cut, cut + 2 * SECOND_NANOS),
            new Weather.Cut(1L << chance.below(nodes), 8 * cut, 11 * cut));
    return new Weather(FOUL_PER_MILLE, FOUL_PER_MILLE, FOUL_PER_MILLE, LATE_NANOS, cuts);
  }

  private void addNode(int number, int count) {
    Hypercalls gate = new Hypercalls(simulation.host(number));
    long bytes = (long) FRAMES * Limits.PAGE_BYTES;
    Caller boot = new Caller("boot", Hypercall.MEMORY_RESERVE.right());
    Frames frames = new Frames(gate.reserveMemory(boot, bytes), FRAMES);
    var link = new PacketLink(simulation.packets(number), count, PacketLink.Deaths.BY_SILENCE);
    Node node =
        new Node(
            NodeConfig.of(number, count),
            gate,
            frames,
            List.of(new Interpreter()),
            () -> new StormRoamer(ledger),
            link,
            Tracer.NONE);
    nodes.add(node);
    memories.add(frames);
    free.add(frames.freeFrames());
    cpus.add(new StormCpu(node, simulation.host(number).eventWait(0)));
  }

  private void addCaller(Node node, int number, SeededGenerator chance) {
    StormCaller caller = new StormCaller(number, ledger, chance, targets);
    callers.add(caller);
    node.channel(node.start("caller", caller, Privileges.SERVER)).raise();
  }

  private boolean connected() {
    long all = (1L << nodes.size()) - 1;
    return nodes.stream().allMatch(node -> node.nodesUp() == all);
  }

  /**
   * Lets so many messages pass.
   *
   * @param count nodes, at least 2, the last of which dies half-way
   * @throws IllegalStateException when one of them did what no message may do
   */
  public static Outcome run(long messages, long seed, int count) {
    Storm storm = new Storm(messages, seed, count);
    try {
      return storm.pass(messages, count - 1);
    } finally {
      storm.simulation.close();
    }
  }

  private Outcome pass(long messages, int dies) {
    until(() -> ledger.messages() >= messages / 2);
    targets.nodeDies(dies);
    simulation.kill(dies);
    until(() -> !ledger.more() && atRest());
    checkLeftovers();
    return new Outcome(
        ledger.messages(),
        ledger.cancelled(),
        ledger.lateAnswers(),
        ledger.failed(),
        director.moves(),
        simulation.nowNanos());
  }

  private void until(BooleanSupplier condition) {
    long before = -1;
    while (simulation.run(cpus, condition, STILL_NANOS) != Simulation.Ending.FINISHED) {
      nodes.forEach(this::checkLife);
      if (ledger.messages() == before) {
        throw new Broken("nothing happens any more: " + waits());
      }
      before = ledger.messages();
    }
    nodes.forEach(this::checkLife);
  }

  private void checkLife(Node node) {
    if (node.halted()) {
      throw new Broken("node " + node.number() + " has ended: what failed there is above");
    }
  }

  private boolean lives(int node) {
    return simulation.alive(node);
  }

  /** The node of a server or a caller, by the order in which they were made. */
  private int nodeOf(int index) {
    return index % nodes.size();
  }

  private boolean atRest() {
    for (int i = 0; i < callers.size(); i++) {
      if (lives(nodeOf(i)) && !callers.get(i).done()) {
        return false;
      }
    }
    for (int i = 0; i < servers.size(); i++) {
      if (lives(i) && (servers.get(i).waiting() > 0 || !allTold(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a server was told all that callers on living nodes have sent. */
  private boolean allTold(int server) {
    for (int i = 0; i < callers.size(); i++) {
      if (lives(nodeOf(i)) && !ledger.allTold(callers.get(i).number(), server)) {
        return false;
      }
    }
    return true;
  }

  private String waits() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < callers.size(); i++) {
      if (lives(nodeOf(i)) && !callers.get(i).done()) {
        all.add(callers.get(i).waitsFor());
      }
    }
    for (int i = 0; i < servers.size(); i++) {
      if (lives(i) && servers.get(i).waiting() > 0) {
        all.add("server " + i + " has requests that nobody wants");
      }
    }
    return String.join("; ", all);
  }

  private void checkLeftovers() {
    for (int node = 0; node < nodes.size(); node++) {
      if (lives(node) && memories.get(node).freeFrames() != free.get(node)) {
        throw new Broken("node " + node + " has frames in use");
      }
    }
  }
}
