package org.atoll.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atoll.boot.Kill;
import org.atoll.boot.Observer;
import org.atoll.boot.SimulatedVos;
import org.atoll.boot.TraceFilter;
import org.atoll.boot.TraceOutput;
import org.atoll.boot.VosSpec;
import org.atoll.boot.storm.Storm;
import org.atoll.drivers.link.Ways;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code atoll sim}: the same VOS in one thread on the simulated host. */
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a command in a simulated VOS: all nodes in one thread, virtual time, one seed.",
      "The same seed gives the same trace, message by message; another seed another order.",
      "With --net host programs reach a simulated outside: servers at ports 7, 9, 19 and 80 of all"
          + " addresses but 192.0.2.0/24, 198.51.100.0/24 and 203.0.113.0/24, which are out of order"
          + " in three ways, and a resolver that knows all names but those in .invalid."
    },
    footer = {
      "",
      "Examples:",
      "  atoll sim --seed 7 --nodes 2 -- sh -c 'onnode 1 echo hi | cat'",
      "  atoll sim --seed 7 --trace a.txt -- ls",
      "  atoll sim --seed 7 --net host -- wget -qO- http://www.example/",
      "  atoll sim --nodes 2 --kill 1@0.05 -- sh -c 'onnode 1 sleep 9; echo $?'",
      "  atoll sim --seed 7 --storm 10000000"
    })
final class SimCommand implements Callable<Integer> {

  private static final int STORM_NODES = 3;
  private static final int STORM_NODES_MAX = 16;

  @Mixin VosOptions options = new VosOptions();

  @Mixin TraceParts parts = new TraceParts();

  @Mixin TraceShown shown = new TraceShown();

  @Mixin TraceFiles files = new TraceFiles();

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Decides every choice of the simulation (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  long seed;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Writes the trace of all messages there.")
  @Nullable Path output;

  @Option(
      names = "--swap",
      paramLabel = "N",
      description =
          "Replaces a server by load(save()) about every N turns; 0: never"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "0")
  int swapEvery;

  @Option(
      names = "--kill",
      paramLabel = "NODE@SECONDS",
      description = "Kills a node (from 1 on) at that virtual time; may be given more than once.",
      converter = KillConverter.class)
  List<Kill> kills = new ArrayList<>();

  @Option(
      names = "--storm",
      paramLabel = "MESSAGES",
      description = {
        "In place of a command: so many messages between bare kernels over wires that lose, double,"
            + " delay and part; calls are cancelled and answered late, processes move, a node dies."
            + " Each message is looked at (default: 3 nodes)."
      })
  long storm;

  /** Reads what {@code --kill} is given. */
  static final class KillConverter implements ITypeConverter<Kill> {
    @Override
    public Kill convert(String text) {
      try {
        return Kill.parse(text);
      } catch (IllegalArgumentException malformed) {
        throw new TypeConversionException(malformed.getMessage());
      }
    }
  }

  @Override
  public Integer call() throws IOException {
    if (storm != 0) {
      return storm();
    }
    if (!options.volumes.isEmpty()) {
      throw new IOException("sim takes no -v: what the host has is not the same in each run");
    }
    if (!options.transport.equals(Ways.AUTO)) {
      throw new IOException("sim takes no --transport: its wires are simulated");
    }
    VosSpec spec = options.spec(options.net.simulated());
    TraceFilter filter = shown.checked(spec.nodes());
    try (Observer observer = observer(filter)) {
      return SimulatedVos.run(spec, seed, swapEvery, kills, observer);
    }
  }

  private int storm() throws IOException {
    int nodes = options.nodes == 1 ? STORM_NODES : options.nodes;
    if (storm < 1 || nodes < 1 || nodes > STORM_NODES_MAX || !options.command.isEmpty()) {
      throw new IOException(
          "--storm takes a number of messages, at most " + STORM_NODES_MAX + " nodes, no command");
    }
    System.out.println(Storm.run(storm, seed, nodes));
    return 0;
  }

  private Observer observer(TraceFilter filter) throws IOException {
    if (files.wanted()) {
      if (output != null) {
        throw new IOException("--trace does not go with --chrome or --pcap");
      }
      return files.capture(filter, parts);
    }
    return output == null ? Observer.NONE : TraceOutput.file(output).with(parts.wanted(), filter);
  }
}
