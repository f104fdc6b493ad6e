package org.atoll.bench.ipc;

import java.util.List;
import picocli.CommandLine;

/** How commands of benchmarks are started: what is wrong is one line on stderr, and status 125. */
final class Commands {

  /** The exit status of a command that cannot do what it is told. */
  static final int FAILED = 125;

  private static final int WIDTH = 100;

  private Commands() {}

  /** Runs a command and ends this process with its status. */
  static void run(Object command, String... arguments) {
    System.exit(line(command).execute(arguments));
  }

  /** The command line of a command. */
  static CommandLine line(Object command) {
    CommandLine line = new CommandLine(command);
    line.setUsageHelpWidth(WIDTH);
    line.getCommandSpec().version(version());
    line.setParameterExceptionHandler(
        (misused, words) -> failed(line, misused.getMessage() + "; see --help"));
    line.setExecutionExceptionHandler(
        (failure, thrower, parsed) -> failed(line, String.valueOf(failure.getMessage())));
    return line;
  }

  private static String[] version() {
    String built = Commands.class.getPackage().getImplementationVersion();
    return new String[] {
      "atoll " + (built == null ? "from classes" : built),
      "JDK " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }

  /** The exit status of what was measured. */
  static int status(List<Result> results) {
    boolean none = results.stream().allMatch(result -> result.skipped() != null);
    return none || results.stream().anyMatch(Result::failed) ? FAILED : 0;
  }

  private static int failed(CommandLine line, String reason) {
    System.err.println(line.getCommandName() + ": " + reason);
    return FAILED;
  }
}
