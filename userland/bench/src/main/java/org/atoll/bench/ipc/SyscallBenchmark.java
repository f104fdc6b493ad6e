package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code atoll bench syscall}. */
@Command(
    name = "atoll bench syscall",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what system calls cost a C program in a VOS, beside the same program under",
      "qemu-riscv64 on Linux, in alternating rounds. A ratio is of the median of all rounds to the",
      "peer's best round."
    },
    footer = {
      "",
      "Exit status: 0; 125 when a row fails, or all.",
      "",
      "Example:",
      "  atoll bench syscall --rounds 10 --json syscalls.json"
    })
public final class SyscallBenchmark implements Callable<Integer> {

  private static final int FAILED = 125;
  private static final int ROUNDS = 5;
  private static final int ROUNDS_MAX = 1_000;

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds, 1 to 1000 (default: 5, some two minutes).")
  private int rounds = ROUNDS;

  @Mixin private final Output output = new Output();

  /** Runs the command and ends with its status. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new SyscallBenchmark());
    line.setUsageHelpWidth(100);
    line.setParameterExceptionHandler((failure, words) -> {
      System.err.println("atoll bench syscall: " + failure.getMessage() + "; see --help");
      return FAILED;
    });
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      System.err.println("atoll bench syscall: " + failure.getMessage());
      return FAILED;
    });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || rounds > ROUNDS_MAX) {
      throw misuse("--rounds " + rounds + ": expected 1 to " + ROUNDS_MAX);
    }
    Path root = Path.of(System.getProperty("atoll.root", "."));
    Environment environment = new Environment(root, Pinning.SAME_CORE, rounds);
    environment.begins();
    List<Result> results;
    try (Measurement all =
        new Measurement(SyscallRows.all(Pinning.SAME_CORE), SyscallBenchmark::say)) {
      results = all.results(rounds, Measurement.AS_LONG_AS_IT_TAKES);
      environment.ends(all.rounds());
    }
    output.tell(environment, results);
    return results.stream().anyMatch(Result::failed) ? FAILED : 0;
  }

  private ParameterException misuse(String words) {
    if (spec == null) {
      throw new IllegalStateException("not started by its command line");
    }
    return new ParameterException(spec.commandLine(), words);
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
