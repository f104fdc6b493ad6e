package org.atoll.boot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.atoll.drivers.link.session.PacketLink;
import org.atoll.drivers.link.session.PacketLink.Deaths;
import org.atoll.hypercall.NoStreams;
import org.atoll.hypercall.Streams;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxStreams;
import org.atoll.hypercall.sim.SeededGenerator;
import org.atoll.hypercall.sim.SimulatedStreams;
import org.atoll.hypercall.sim.Simulation;
import org.atoll.hypercall.sim.Weather;
import org.atoll.image.Image;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.libposix.PosixProgram;
import org.atoll.loader.TurnWatch;
import org.atoll.loader.program.JavaPrograms;

/**
 * A VOS whose nodes all run in this thread, on the simulated host: the same seed gives the same
 * trace, message by message.
 */
public final class SimulatedVos {

  /** The most virtual time that a run may take. */
  private static final long VIRTUAL_NANOS_MAX = 24L * 3_600 * 1_000_000_000;

  private final Simulation simulation;
  private final Deaths deaths;
  private final List<BareNode> nodes = new ArrayList<>();
  private final List<SteppedCpu> cpus = new ArrayList<>();
  private final MissingCalls missing = new MissingCalls();

  /** All nodes, connected, with the members about to join. */
  SimulatedVos(VosSpec spec, List<BootFile> files, long seed, int swapEvery, Observer observer) {
    this(
        spec, files, new Simulation(seed, spec.nodes()), Deaths.BY_HOST, seed, swapEvery, observer);
  }

  /** The same where the weather may be foul. */
  SimulatedVos(VosSpec spec, List<BootFile> files, long seed, Weather weather) {
    this(
        spec,
        files,
        new Simulation(seed, spec.nodes(), weather),
        Deaths.BY_SILENCE,
        seed,
        0,
        Observer.NONE);
  }

  private SimulatedVos(
      VosSpec spec,
      List<BootFile> files,
      Simulation simulation,
      Deaths deaths,
      long seed,
      int swapEvery,
      Observer observer) {
    this.simulation = simulation;
    this.deaths = deaths;
    SeededGenerator swaps = new SeededGenerator(~seed);
    for (int number = 0; number < spec.nodes(); number++) {
      NodeParts parts = parts(number, spec.nodes(), observer);
      BareNode bare = parts.kernel(NodeConfig.of(number, spec.nodes()), spec.memoryBytes(), 1);
      nodes.add(bare);
      Swapper swapper = new Swapper(bare, swaps.split(), swapEvery);
      int ended = number;
      cpus.add(
          new SteppedCpu(
              bare.node(), parts.host().eventWait(0), swapper, () -> simulation.kill(ended)));
    }
    nodes.getFirst().watchedBy(new TurnWatch(() -> System.exit(LinuxVos.FAILED)));
    if (spec.net().outgoing()) {
      nodes.getFirst().networkBy(simulation.outside());
    }
    nodes.getFirst().startServers(spec, simulation.streams(), files, List.of());
    List<Runnable> joins = new ArrayList<>();
    for (BareNode member : nodes.subList(1, nodes.size())) {
      joins.add(member.node().channel(member.startMember())::raise);
    }
    simulation.run(cpus, this::connected, VIRTUAL_NANOS_MAX);
    joins.forEach(Runnable::run);
  }

  private void kill(Kill kill) {
    if (kill.node() < nodes.size()) {
      simulation.at(kill.nanos(), () -> simulation.kill(kill.node()));
    }
  }

  /** Whether all members see node 0: before that none can join. */
  private boolean connected() {
    return nodes.stream().skip(1).allMatch(member -> (member.node().nodesUp() & 1) != 0);
  }

  /** A node, with what was started on it. */
  BareNode node(int number) {
    return nodes.get(number);
  }

  /** The streams of the command. */
  SimulatedStreams streams() {
    return simulation.streams();
  }

  private NodeParts parts(int number, int count, Observer observer) {
    Observer.Looking looking = observer.looking();
    Streams streams = number == 0 ? simulation.streams() : new NoStreams();
    return new NodeParts(
        simulation.host(number),
        streams,
        count == 1 ? null : new PacketLink(simulation.packets(number), count, deaths),
        looking.tracer(),
        () -> new PosixProgram(missing, looking.watcher()),
        JavaPrograms.sequential());
  }

  /**
   * Runs a command in a simulated VOS; its input is standard input unless that is a terminal.
   *
   * @param seed decides every choice
   * @param swapEvery replaces a server by what it saved about every so many steps; 0: never
   * @param kills nodes that die
   * @return the exit status, 0 to 255; 125 when nothing can happen any more
   */
  public static int run(VosSpec spec, long seed, int swapEvery, List<Kill> kills, Observer observer)
      throws IOException {
    List<BootFile> files = NetFiles.with(spec.net(), BootFile.all(Image.open(spec.image())));
    SimulatedVos vos = new SimulatedVos(spec, files, seed, swapEvery, observer);
    observer.booted(vos.nodes.getFirst().services().stream().map(Service::name).toList());
    kills.forEach(vos::kill);
    SimulatedStreams streams = vos.streams();
    if (Streams.TERMINAL != (int) (new LinuxStreams(new Libc()).status(0) & 0xffff)) {
      streams.feed(System.in.readAllBytes());
    }
    streams.endInput();
    int status = vos.finish();
    System.out.write(streams.output());
    System.out.flush();
    System.err.write(streams.errors());
    System.err.flush();
    if (spec.reportMissing()) {
      vos.missing.report(System.err, 0);
    }
    return status;
  }

  /** Lets the nodes run until the VOS ends or the condition holds. */
  void runUntil(BooleanSupplier condition) {
    Node first = nodes.getFirst().node();
    simulation.run(cpus, () -> first.halted() || condition.getAsBoolean(), VIRTUAL_NANOS_MAX);
  }

  /** Lets the nodes run until the VOS ends, and gives their memory back; its exit status. */
  int finish() {
    Node first = nodes.getFirst().node();
    Simulation.Ending ending = simulation.run(cpus, first::halted, VIRTUAL_NANOS_MAX);
    simulation.close();
    return switch (ending) {
      case FINISHED -> first.haltStatus();
      case QUIET -> {
        LinuxNode.complain(
            "simulation: nothing can happen any more, and the command has not ended");
        yield LinuxVos.FAILED;
      }
      case OUT_OF_TIME -> {
        LinuxNode.complain("simulation: a day of virtual time is over");
        yield LinuxVos.FAILED;
      }
    };
  }
}
