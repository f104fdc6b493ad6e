package org.atoll.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.atoll.boot.Strace;
import org.atoll.boot.StraceOptions;
import org.atoll.boot.VosSpec;
import org.atoll.libposix.Reference;
import org.atoll.libposix.strace.CallFilter;
import org.atoll.libposix.strace.SignalNames;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code atoll strace}: {@code run}, with the system calls of its programs shown. */
@Command(
    name = "strace",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = StraceCommand.OptionsOfStrace.class,
    description = {
      "Runs a command and shows its system calls and signals in strace's format, on all nodes.",
      "Options are strace's own; a variable of the environment is set by -E."
    },
    footer = {
      "",
      "EXPR is [trace=]SET or signal=SET. SET is a list of names, of %%file, %%desc, %%process,",
      "%%signal, %%memory, %%network, %%ipc, %%clock, %%creds, of /REGEX and ?NAME, or all, or none;",
      "a ! before it means all others.",
      "",
      "Examples:",
      "  atoll strace -- cat /etc/hostname",
      "  atoll strace -f -e trace=%%process -- sh -c 'ls | wc -l'",
      "  atoll strace -f --nodes 2 -o calls.txt -- onnode 1 ls",
      "  atoll strace -c -- ls -lR /usr"
    })
final class StraceCommand implements Callable<Integer> {

  /** The option that strace has as -e, by the name that does not clash. */
  private static final String EXPRESSION = "--expression";

  @Mixin VosOptions options = new VosOptions();

  @Mixin HostOptions hosts = new HostOptions();

  @Option(
      names = {"-f", "--follow-forks"},
      description = "Shows the children of the command, too.")
  boolean follow;

  @Option(
      names = {"-c", "--summary-only"},
      description = "Counts calls, errors and time of each system call; shows the table alone.")
  boolean summaryOnly;

  @Option(
      names = {"-C", "--summary"},
      description = "Shows the calls, and the table at the end.")
  boolean summary;

  @Option(
      names = {"-T", "--syscall-times"},
      description = "Shows the time that each call took.")
  boolean durations;

  @Option(
      names = "-t",
      description = "Shows the time of day; -tt with microseconds, -ttt as seconds since 1970.")
  boolean[] stamps = {};

  @Option(
      names = {"-r", "--relative-timestamps"},
      description = "Shows the time since the line before.")
  boolean relative;

  @Option(
      names = EXPRESSION,
      paramLabel = "EXPR",
      description = "Which calls or signals are shown.")
  List<String> expressions = new ArrayList<>();

  @Option(
      names = {"-s", "--string-limit"},
      paramLabel = "N",
      description = "How many bytes of a string are shown (default: ${DEFAULT-VALUE}).",
      defaultValue = "32")
  int stringBytes;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes there instead of to stderr.")
  @Nullable Path output;

  @Option(names = "--show-nodes", description = "Shows the node of each line.")
  boolean nodes;

  /** Gives strace its -e; the environment's variables are set by -E as strace does. */
  static final class OptionsOfStrace implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      rename(spec, "--env", "-E", "--env");
      rename(spec, EXPRESSION, "-e", EXPRESSION);
      return spec;
    }

    private static void rename(CommandSpec spec, String name, String... names) {
      OptionSpec option = spec.findOption(name);
      spec.remove(option);
      spec.addOption(OptionSpec.builder(option).names(names).build());
    }
  }

  @Override
  public Integer call() throws IOException {
    StraceOptions what = what();
    VosSpec spec = hosts.over(options.spec());
    Strace strace =
        output == null
            ? Strace.stderr(what, spec.nodes())
            : Strace.file(what, output, spec.nodes());
    return hosts.run(spec, strace);
  }

  private StraceOptions what() throws IOException {
    if (stringBytes < 0 || stringBytes > 1 << 20) {
      throw new IOException("-s takes a number from 0 to " + (1 << 20));
    }
    Map<String, String> all = Reference.calls();
    Set<String> calls = new TreeSet<>();
    Set<String> signals = new TreeSet<>();
    try {
      for (String expression : expressions) {
        int equals = expression.indexOf('=');
        String kind = equals < 0 ? "trace" : expression.substring(0, equals);
        String set = expression.substring(equals + 1);
        switch (kind) {
          case "trace", "t" -> calls.addAll(CallFilter.of(set, all));
          case "signal", "signals", "s" -> signals.addAll(SignalNames.set(set));
          default ->
              throw new IllegalArgumentException(
                  "invalid expression '" + expression + "': expected trace=SET or signal=SET");
        }
      }
    } catch (IllegalArgumentException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
    return new StraceOptions(
        given("trace", "t") ? calls : all.keySet(),
        given("signal", "s") ? signals : SignalNames.set("all"),
        stringBytes,
        follow,
        counting(),
        durations,
        stamp(),
        nodes,
        output != null);
  }

  /** Whether an expression says which calls, or which signals. */
  private boolean given(String kind, String initial) {
    return expressions.stream()
        .anyMatch(e ->
            e.startsWith(kind) && e.contains("=")
                || e.startsWith(initial + "=")
                || kind.equals("trace") && !e.contains("="));
  }

  private StraceOptions.Counting counting() {
    if (summary) {
      return StraceOptions.Counting.ALSO;
    }
    return summaryOnly ? StraceOptions.Counting.ONLY : StraceOptions.Counting.NO;
  }

  private StraceOptions.Stamp stamp() {
    if (relative) {
      return StraceOptions.Stamp.RELATIVE;
    }
    return switch (stamps.length) {
      case 0 -> StraceOptions.Stamp.NONE;
      case 1 -> StraceOptions.Stamp.SECONDS;
      case 2 -> StraceOptions.Stamp.MICROS;
      default -> StraceOptions.Stamp.EPOCH;
    };
  }
}
