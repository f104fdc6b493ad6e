package org.atoll.bench.ipc;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what is measured, and how often. */
final class IpcOptions {

  private static final int ROUNDS = 3;
  private static final int QUICK_ROUNDS = 1;
  private static final int ROUNDS_MAX = 1_000;
  private static final Duration AT_MOST = Duration.ofMinutes(8);
  private static final int NODES_MAX = 8;
  private static final int CALLERS_MAX = 1_024;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = {
        "Rounds, 1 to 1000 (default: as many of 3 as there is time for in 8 minutes, with --quick 1)."
      })
  private @Nullable Integer rounds;

  @Option(
      names = "--quick",
      description = "One short round, about four minutes: to see that it works.")
  private boolean quick;

  @Option(
      names = "--pin",
      paramLabel = "WHERE",
      description = "Where nodes and their peers run: core (all on one, the default) or host.")
  private String pin = "core";

  @Option(
      names = "--transport",
      paramLabel = "WHAT",
      description = "Rows of several nodes over shm, unix, tcp or tls alone (default: auto, all).")
  private String transport = "auto";

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      split = ",",
      description = "Sizes of copies, as 4096, 64k or 1m, up to 16m (default: 64k,1m).")
  private List<String> sizes = List.of();

  @Option(
      names = "--callers",
      paramLabel = "N",
      split = ",",
      description = "Callers of one server at once, 1 to 1024 (default: 1,2,4,8).")
  private List<String> callers = List.of();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = {
        "Nodes of the VOS where there are several, 2 to 8 (default: 2; those from the third on are",
        "connected and idle); 1 leaves the rows of several nodes out."
      })
  private int nodes = 2;

  int rounds() {
    int count = rounds != null ? rounds : quick ? QUICK_ROUNDS : ROUNDS;
    return within("--rounds", count, 1, ROUNDS_MAX);
  }

  /** What a person waits who has not said how many rounds. */
  Duration atMost() {
    return rounds == null ? AT_MOST : Measurement.AS_LONG_AS_IT_TAKES;
  }

  Pinning pinning() {
    return switch (pin) {
      case "core" -> Pinning.SAME_CORE;
      case "host" -> Pinning.HOST;
      default -> throw misuse("--pin " + pin + ": expected core or host");
    };
  }

  Choice choice() {
    return choice(Choice.SIZES);
  }

  /** What can be measured between machines of what a person chose. */
  Choice between(Choice all) {
    List<String> far = all.transports().stream().filter(Choice.FAR::contains).toList();
    if (far.isEmpty()) {
      throw misuse("--transport " + transport + ": between machines there are tcp and tls");
    }
    if (nodes != 2) {
      throw misuse("--nodes " + nodes + ": between two machines there are 2");
    }
    return new Choice(all.pinning(), far, all.sizes(), all.callers(), all.nodes(), all.effort());
  }

  /** The same with sizes enough for a curve. */
  Choice choiceOfPage() {
    return choice(Choice.SIZES_OF_PAGE);
  }

  private Choice choice(List<Size> usual) {
    return new Choice(
        pinning(),
        transports(),
        sizes.isEmpty() ? usual : each("--size", sizes, Size::parse),
        callers.isEmpty() ? Choice.CALLERS : each("--callers", callers, this::callers),
        within("--nodes", nodes, 1, NODES_MAX),
        quick ? Effort.QUICK : Effort.FULL);
  }

  private List<String> transports() {
    if (transport.equals("auto")) {
      return Choice.TRANSPORTS;
    }
    if (!Choice.TRANSPORTS.contains(transport)) {
      throw misuse("--transport " + transport + ": expected auto, shm, unix, tcp or tls");
    }
    return List.of(transport);
  }

  private int callers(String word) {
    try {
      return within("--callers", Integer.parseInt(word), 1, CALLERS_MAX);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException("expected numbers", malformed);
    }
  }

  private <T> List<T> each(String option, List<String> words, Function<String, T> parse) {
    try {
      return words.stream().map(parse).distinct().toList();
    } catch (IllegalArgumentException malformed) {
      throw misuse(option + " " + String.join(",", words) + ": " + malformed.getMessage());
    }
  }

  private int within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw misuse(option + " " + value + ": expected " + least + " to " + most);
    }
    return value;
  }

  /** What is wrong with the command line, in one line. */
  ParameterException misuse(String words) {
    if (spec == null) {
      throw new IllegalStateException("not started by its command line");
    }
    return new ParameterException(spec.commandLine(), words);
  }
}
